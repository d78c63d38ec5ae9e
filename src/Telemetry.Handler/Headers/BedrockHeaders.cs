using System.Globalization;
using System.Net.Http.Headers;
using CostLedger.Records;

namespace Telemetry.Handler.Headers;

/// <summary>What Amazon Bedrock measured and served, as it says in the headers <c>x-amzn-bedrock-*</c> of a whole answer.</summary>
internal static class BedrockHeaders
{
    private const string Prefix = "x-amzn-bedrock-";

    // More than any answer has.
    private const long Largest = 1_000_000_000;

    /// <summary>Reads the measurements.</summary>
    /// <param name="headers">The response's headers.</param>
    /// <returns>Those that are there and are counts; null when there are none.</returns>
    public static InvocationMetrics? Read(HttpHeaders headers)
    {
        var metrics = new InvocationMetrics
        {
            InputTokens = Count(headers, Prefix + "input-token-count"),
            OutputTokens = Count(headers, Prefix + "output-token-count"),
            CacheReadInputTokens = Count(headers, Prefix + "cache-read-input-token-count"),
            CacheWriteInputTokens = Count(headers, Prefix + "cache-write-input-token-count"),
            InvocationLatency = Count(headers, Prefix + "invocation-latency") is { } latency ? TimeSpan.FromMilliseconds(latency) : null,
        };
        return metrics == new InvocationMetrics() ? null : metrics;
    }

    /// <summary>The service tier that was served; AWS's <c>default</c> is what the Messages API calls <c>standard</c>.</summary>
    /// <param name="headers">The response's headers.</param>
    /// <returns>The tier; null when the headers do not say.</returns>
    public static string? ServiceTier(HttpHeaders headers) =>
        HeaderText.First(headers, Prefix + "service-tier") is { } tier ? tier is "default" ? "standard" : tier : null;

    private static long? Count(HttpHeaders headers, string name) =>
        long.TryParse(HeaderText.First(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Largest
            ? count
            : null;
}
