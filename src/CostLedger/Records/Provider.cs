namespace CostLedger.Records;

/// <summary>Who answers a call, which decides framing, identifiers and price rows. The numbers are stored in ledgers and never change.</summary>
public enum Provider
{
    /// <summary>The Claude API, and any gateway that speaks it.</summary>
    Anthropic = 1,

    /// <summary>Amazon Bedrock: InvokeModel or Converse.</summary>
    Bedrock = 2,

    /// <summary>The Messages endpoint of Amazon Bedrock (mantle).</summary>
    BedrockMantle = 3,

    /// <summary>Vertex AI: rawPredict.</summary>
    Vertex = 4,

    /// <summary>Microsoft Foundry.</summary>
    Foundry = 5,

    /// <summary>Claude Platform on AWS.</summary>
    ClaudeOnAws = 6,

    /// <summary>Claude on Google Cloud, managed by Anthropic.</summary>
    GoogleCloud = 7,
}
