namespace Telemetry.Handler.Endpoints;

/// <summary>How an endpoint packs requests and answers.</summary>
internal enum Framing
{
    /// <summary>JSON and server-sent events, as the Claude API has them; Vertex AI too, without the model in the body.</summary>
    Anthropic,

    /// <summary>Bedrock's InvokeModel: the same JSON; streams are AWS event streams.</summary>
    BedrockInvoke,

    /// <summary>Bedrock's Converse: shapes of its own.</summary>
    BedrockConverse,
}
