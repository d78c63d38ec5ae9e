namespace Telemetry.Handler.Estimating;

/// <summary>What bounds the output of an answer that broke off.</summary>
/// <param name="MaxTokens">The request's limit; null when not known.</param>
/// <param name="Behind">
/// For how long the server may have been writing what nobody has read: since the caller last had all that was there.
/// </param>
/// <param name="IsBilledWhole">
/// Whether the answer is billed to its end though nobody reads it, as on Bedrock, and where it was written before it was sent.
/// </param>
/// <param name="IsOpen">Whether more than this one output may have been billed: server tools, another model, a compaction.</param>
internal readonly record struct OutputLimit(long? MaxTokens, TimeSpan Behind = default, bool IsBilledWhole = false, bool IsOpen = false);
