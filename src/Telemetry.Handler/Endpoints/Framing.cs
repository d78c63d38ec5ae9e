namespace Telemetry.Handler.Endpoints;

/// <summary>The shape of requests and answers on the wire.</summary>
internal enum Framing
{
    /// <summary>The Messages API's own JSON and server-sent events, whoever hosts it.</summary>
    Anthropic = 1,

    /// <summary>Bedrock's InvokeModel: the model in the URL, streams as AWS event streams.</summary>
    BedrockInvoke = 2,

    /// <summary>Bedrock's Converse: AWS's own JSON, streams as AWS event streams.</summary>
    BedrockConverse = 3,

    /// <summary>Vertex AI: the model in the URL, otherwise as <see cref="Anthropic"/>.</summary>
    Vertex = 4,
}
