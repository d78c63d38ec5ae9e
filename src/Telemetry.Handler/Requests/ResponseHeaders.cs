using System.Globalization;
using System.Net.Http.Headers;
using CostLedger.Records;

namespace Telemetry.Handler.Requests;

/// <summary>The response headers that are allowed to be kept: request ids, waiting times, limits, the organisation.</summary>
internal sealed record ResponseHeaders
{
    private const int FirstErrorStatus = 400;
    private const int MaxLimits = 32;
    private const int MaxIdLength = 256;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(365);
    private static readonly string[] IdHeaders = ["request-id", "x-amzn-requestid", "apim-request-id", "x-request-id"];
    private static readonly (string Header, string Kind)[] LimitPrefixes =
        [("anthropic-ratelimit-", ""), ("anthropic-priority-", "priority-"), ("anthropic-fast-", "fast-")];

    public string? RequestId { get; init; }

    public string? OrganizationId { get; init; }

    public string? WorkspaceId { get; init; }

    /// <summary>What an error answer says to wait; other answers carry the header too, with another meaning.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyList<RateLimit> RateLimits { get; init; } = [];

    public static ResponseHeaders Read(HttpResponseMessage response, TimeProvider time)
    {
        var headers = response.Headers.NonValidated;
        return new ResponseHeaders
        {
            RequestId = RequestIdOf(headers),
            OrganizationId = Value(headers, "anthropic-organization-id"),
            WorkspaceId = Value(headers, "anthropic-workspace-id"),
            RetryAfter = (int)response.StatusCode >= FirstErrorStatus ? RetryAfterOf(headers, time) : null,
            RateLimits = RateLimitsOf(headers),
        };
    }

    private static string? RequestIdOf(HttpHeadersNonValidated headers)
    {
        foreach (var name in IdHeaders)
        {
            if (Value(headers, name) is { Length: > 0 and <= MaxIdLength } id)
            {
                return id;
            }
        }

        return null;
    }

    private static TimeSpan? RetryAfterOf(HttpHeadersNonValidated headers, TimeProvider time)
    {
        if (Seconds(Value(headers, "retry-after-ms")) is { } milliseconds)
        {
            return Sane(milliseconds / 1000);
        }

        var text = Value(headers, "retry-after");
        if (Seconds(text) is { } seconds)
        {
            return Sane(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Sane((date - time.GetUtcNow()).TotalSeconds)
            : null;
    }

    private static double? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static TimeSpan? Sane(double seconds) =>
        seconds >= 0 && seconds <= LongestWait.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

    private static IReadOnlyList<RateLimit> RateLimitsOf(HttpHeadersNonValidated headers)
    {
        SortedDictionary<string, RateLimit>? limits = null;
        foreach (var header in headers)
        {
            foreach (var (prefix, kindPrefix) in LimitPrefixes)
            {
                if (header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (limits?.Count ?? 0) < MaxLimits)
                {
                    limits ??= new SortedDictionary<string, RateLimit>(StringComparer.Ordinal);
                    AddLimit(limits, kindPrefix, header.Key.AsSpan(prefix.Length), header.Value.ToString());
                }
            }
        }

        return limits is null ? [] : [.. limits.Values];
    }

    private static void AddLimit(SortedDictionary<string, RateLimit> limits, string prefix, ReadOnlySpan<char> name, string value)
    {
        var dash = name.LastIndexOf('-');
        if (dash <= 0)
        {
            return;
        }

        var kind = string.Concat(prefix, name[..dash]).ToLowerInvariant();
        var limit = limits.GetValueOrDefault(kind) ?? new RateLimit(kind, null, null, null);
        long? number = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
        limits[kind] = name[(dash + 1)..] switch
        {
            "limit" => limit with { Limit = number },
            "remaining" => limit with { Remaining = number },
            "reset" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) =>
                limit with { ResetsAt = at.ToUniversalTime() },
            _ => limit,
        };
    }

    private static string? Value(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.ToString() : null;
}
