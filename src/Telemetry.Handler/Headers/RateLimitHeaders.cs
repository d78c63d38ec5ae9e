using System.Globalization;
using System.Net.Http.Headers;
using CostLedger.Records;

namespace Telemetry.Handler.Headers;

/// <summary>
/// Reads <c>anthropic-ratelimit-{kind}-{limit|remaining|reset}</c>, and the same of <c>anthropic-priority-</c> and
/// <c>anthropic-fast-</c>, whatever kinds there are.
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>The most kinds that are kept of one response.</summary>
    public const int MaxKinds = 16;

    private const string Vendor = "anthropic-";
    private const string Standard = "ratelimit-";
    private const string Priority = "priority-";
    private const string Fast = "fast-";
    private const string Limit = "-limit";
    private const string Remaining = "-remaining";
    private const string Reset = "-reset";
    private const int MaxKindLength = 48;

    /// <summary>Reads them.</summary>
    /// <param name="headers">The response's headers.</param>
    /// <returns>The limits in the order of their first header; empty when there are none.</returns>
    public static IReadOnlyList<RateLimit> Read(HttpHeaders headers)
    {
        List<RateLimit>? limits = null;
        foreach (var (name, values) in headers.NonValidated)
        {
            if (name.StartsWith(Vendor, StringComparison.OrdinalIgnoreCase) && KindOf(name) is var (kind, part))
            {
                limits ??= [];
                Add(limits, kind, part, values.ToString().Trim());
            }
        }

        return limits ?? (IReadOnlyList<RateLimit>)[];
    }

    private static void Add(List<RateLimit> limits, string kind, string part, string text)
    {
        var at = limits.FindIndex(l => string.Equals(l.Kind, kind, StringComparison.Ordinal));
        if (at < 0 && limits.Count == MaxKinds)
        {
            return;
        }

        var limit = at < 0 ? new RateLimit(kind, null, null, null) : limits[at];
        limit = part switch
        {
            Limit => limit with { Limit = Count(text) },
            Remaining => limit with { Remaining = Count(text) },
            _ => limit with { ResetsAt = Time(text) },
        };

        if (at >= 0)
        {
            limits[at] = limit;
        }
        else if (limit.Limit is not null || limit.Remaining is not null || limit.ResetsAt is not null)
        {
            limits.Add(limit);
        }
    }

    private static (string Kind, string Part)? KindOf(string name)
    {
        var rest = name.AsSpan(Vendor.Length);
        var start = rest.StartsWith(Standard, StringComparison.OrdinalIgnoreCase) ? Standard.Length
            : rest.StartsWith(Priority, StringComparison.OrdinalIgnoreCase) || rest.StartsWith(Fast, StringComparison.OrdinalIgnoreCase) ? 0
            : -1;
        if (start < 0 || PartOf(rest) is not { } part)
        {
            return null;
        }

        var length = rest.Length - start - part.Length;
        return length is > 0 and <= MaxKindLength
            ? (rest.Slice(start, length).ToString().ToLowerInvariant(), part)
            : null;
    }

    private static string? PartOf(ReadOnlySpan<char> name) =>
        name.EndsWith(Limit, StringComparison.OrdinalIgnoreCase) ? Limit
        : name.EndsWith(Remaining, StringComparison.OrdinalIgnoreCase) ? Remaining
        : name.EndsWith(Reset, StringComparison.OrdinalIgnoreCase) ? Reset
        : null;

    private static long? Count(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    // RFC 3339, and seconds since 1970 in the limits of subscriptions.
    private static DateTimeOffset? Time(string text)
    {
        const long LastSecond = 253_402_300_799;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : null;
    }
}
