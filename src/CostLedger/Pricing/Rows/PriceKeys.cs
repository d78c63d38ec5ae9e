namespace CostLedger.Pricing.Rows;

/// <summary>The names under which a price list keeps its rows: who bills, and for which kind of place.</summary>
public static class PriceKeys
{
    /// <summary>The Claude API, gateways that speak it, Claude Platform on AWS, and Claude on Google Cloud managed by Anthropic.</summary>
    public const string Anthropic = "anthropic";

    /// <summary>Amazon Bedrock through a global inference profile, and by default also ids without a profile.</summary>
    public const string Bedrock = "bedrock";

    /// <summary>Amazon Bedrock through a profile of one geography (<c>us.</c>, <c>eu.</c>, <c>jp.</c>, …).</summary>
    public const string BedrockRegional = "bedrock-regional";

    /// <summary>Amazon Bedrock in AWS GovCloud.</summary>
    public const string BedrockGovCloud = "bedrock-govcloud";

    /// <summary>Vertex AI at the location <c>global</c>.</summary>
    public const string Vertex = "vertex";

    /// <summary>Vertex AI at any other location, multi-regions included.</summary>
    public const string VertexRegional = "vertex-regional";

    /// <summary>Microsoft Foundry.</summary>
    public const string Foundry = "foundry";

    /// <summary>All of them, in the order of a price file.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Anthropic, Bedrock, BedrockRegional, BedrockGovCloud, Vertex, VertexRegional, Foundry];
}
