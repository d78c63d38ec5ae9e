using System.Diagnostics;
using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>
/// Counts attempts: by the official SDK's retry header, and by a note that a request message carries when it is sent again.
/// </summary>
internal static class AttemptCounter
{
    private static readonly HttpRequestOptionsKey<Sent> Key = new("costledger.attempts");

    /// <summary>Counts an attempt.</summary>
    /// <param name="request">The request, which gets the note.</param>
    /// <param name="retryCount">The SDK's count of retries before this attempt.</param>
    /// <param name="id">This attempt's key.</param>
    /// <param name="group">The attempts with the same body, where the SDK sends a message for each; null when not known.</param>
    /// <returns>Which attempt it is.</returns>
    public static AttemptInfo Next(HttpRequestMessage request, int? retryCount, CallId id, AttemptGroup? group = null)
    {
        if (!request.Options.TryGetValue(Key, out var note))
        {
            var retries = retryCount ?? 0;
            note = new Sent(retries, retries == 0 ? id : group?.First, group);
            request.Options.Set(Key, note);
        }

        var (ordinal, previous) = note.Next();
        var source = ordinal > note.Before + 1 ? RetrySource.Handler : note.Before > 0 ? RetrySource.Sdk : RetrySource.Unknown;
        return new AttemptInfo(ordinal, note.First, source, previous);
    }

    /// <summary>Adds the group of a body that was known only after it was sent: the SDK's adapters of other providers send streams.</summary>
    /// <param name="attempt">The attempt as it was counted before.</param>
    /// <param name="group">The attempts with the same body; null when not known.</param>
    /// <returns>The attempt, in its group.</returns>
    public static AttemptInfo Join(AttemptInfo attempt, AttemptGroup? group) =>
        attempt with { FirstAttemptId = attempt.FirstAttemptId ?? group?.First };

    /// <summary>Notes the attempt's span, so that the next attempt can link to it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="span">The span; null when there is none.</param>
    public static void Remember(HttpRequestMessage request, Activity? span)
    {
        if (span is not null && request.Options.TryGetValue(Key, out var note))
        {
            note.Remember(span.Context);
        }
    }

    private sealed class Sent(int before, CallId? first, AttemptGroup? group)
    {
        private int _sent;
        private ActivityContext? _previous = group?.Previous;

        /// <summary>The attempts before this message.</summary>
        public int Before => before;

        public CallId? First => first;

        public (int Ordinal, ActivityContext? Previous) Next() => (before + Interlocked.Increment(ref _sent), _previous);

        public void Remember(ActivityContext span)
        {
            _previous = span;
            if (group is not null)
            {
                group.Previous = span;
            }
        }
    }
}
