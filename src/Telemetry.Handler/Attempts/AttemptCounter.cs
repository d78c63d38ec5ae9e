using System.Globalization;
using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>
/// Which attempt of its call a request is: the official SDKs say so in a header; a retry handler above sends the same message
/// again, which carries a note of the first time.
/// </summary>
internal static class AttemptCounter
{
    private const string RetryCount = "x-stainless-retry-count";
    private const int MaxRetries = 1000;
    private static readonly HttpRequestOptionsKey<AttemptNote> Note = new("costledger.attempt");

    /// <summary>The ordinal, from 1, and the key of the call's first attempt where it is known.</summary>
    public static (int Attempt, CallId? First) Next(HttpRequestMessage request, CallId id)
    {
        request.Options.TryGetValue(Note, out var earlier);
        var attempt = Math.Max(FromHeader(request), (earlier?.Attempt ?? 0) + 1);
        var first = earlier?.First ?? (attempt == 1 ? id : null);
        request.Options.Set(Note, new AttemptNote(attempt, first));
        return (attempt, first);
    }

    private static int FromHeader(HttpRequestMessage request) =>
        request.Headers.NonValidated.TryGetValues(RetryCount, out var values)
        && int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var retries)
        && retries <= MaxRetries
            ? retries + 1
            : 1;

    private sealed record AttemptNote(int Attempt, CallId? First);
}
