using System.Globalization;
using System.Net.Http.Headers;

namespace Telemetry.Handler.Headers;

/// <summary>How long an error answer asks to wait.</summary>
internal static class RetryAfter
{
    private const string Milliseconds = "retry-after-ms";
    private const string Standard = "retry-after";

    // Longer waits are no advice; the longest real ones are hours.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Reads it: <c>retry-after-ms</c> first, then <c>retry-after</c> in seconds or as a date.</summary>
    /// <param name="headers">The response's headers. Read them on errors only: successes carry the header too, with another meaning.</param>
    /// <param name="now">The time that a date is counted from.</param>
    /// <returns>The wait; zero for a date that has passed; null for none and for nonsense.</returns>
    public static TimeSpan? Read(HttpHeaders headers, DateTimeOffset now) =>
        Number(HeaderText.First(headers, Milliseconds), TimeSpan.TicksPerMillisecond)
        ?? Number(HeaderText.First(headers, Standard), TimeSpan.TicksPerSecond)
        ?? Date(HeaderText.First(headers, Standard), now);

    private static TimeSpan? Number(string? text, long ticksPerUnit) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number <= (decimal)Longest.Ticks / ticksPerUnit
            ? TimeSpan.FromTicks((long)(number * ticksPerUnit))
            : null;

    private static TimeSpan? Date(string? text, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(
            text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return null;
        }

        var wait = date - now;
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait <= Longest ? wait : null;
    }
}
