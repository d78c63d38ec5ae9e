using CostLedger.Records;

namespace CostLedger.Querying.Retrying;

/// <summary>The attempts of one call, put in order and judged. Pure: what it says follows from the rows alone.</summary>
internal sealed class LogicalCall
{
    // Timers wait a little less than was asked of them, and clocks are read a little apart.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(10);

    private readonly int _used;

    /// <summary>Judges attempts.</summary>
    /// <param name="attempts">At least one, in any order.</param>
    public LogicalCall(IEnumerable<AttemptRow> attempts)
    {
        Attempts = [.. attempts.OrderBy(a => a.Id)];
        var answered = LastOf(CallOutcome.Success);
        _used = answered >= 0 ? answered : LastOf(CallOutcome.Refused);
    }

    /// <summary>The attempts, oldest first.</summary>
    public IReadOnlyList<AttemptRow> Attempts { get; }

    /// <summary>The attempt whose answer was used: the last that succeeded, else the last that was refused; null for none.</summary>
    public AttemptRow? Used => _used >= 0 ? Attempts[_used] : null;

    /// <summary>How the call ended.</summary>
    public CallOutcome Outcome => (Used ?? Attempts[^1]).Outcome;

    /// <summary>The attempt that failed first; null when none did.</summary>
    public AttemptRow? FirstFailure => Attempts.FirstOrDefault(a => a.Outcome is not (CallOutcome.Success or CallOutcome.Refused));

    /// <summary>Time in which no attempt of the call was running, from its first to its last.</summary>
    public TimeSpan Waited
    {
        get
        {
            var (waited, busyUntil) = (TimeSpan.Zero, Attempts[0].End);
            foreach (var attempt in Attempts)
            {
                waited += attempt.Start > busyUntil ? attempt.Start - busyUntil : TimeSpan.Zero;
                busyUntil = attempt.End > busyUntil ? attempt.End : busyUntil;
            }

            return waited;
        }
    }

    /// <summary>What became of an attempt.</summary>
    public AttemptFate FateOf(int index)
    {
        if (index == _used)
        {
            return AttemptFate.Used;
        }

        // What comes after the answer that was used did not lead to one.
        return index < Attempts.Count - 1 ? AttemptFate.Retried
            : Attempts[index].Outcome == CallOutcome.Canceled ? AttemptFate.Abandoned
            : AttemptFate.Failed;
    }

    /// <summary>For each attempt that asked for a wait and was followed: how much too early the next one began; zero when it waited.</summary>
    public IEnumerable<TimeSpan> Haste()
    {
        for (var i = 0; i < Attempts.Count - 1; i++)
        {
            if (Attempts[i] is { RetryAfter: { } wait } told)
            {
                var early = told.Start + (told.Headers ?? told.Duration) + wait - Attempts[i + 1].Start;
                yield return early > Slack ? early : TimeSpan.Zero;
            }
        }
    }

    /// <summary>
    /// The attempts before the answer that was used whose own answer may have been billed as well: sent, not refused by an error
    /// status, and given up or cut off, so that what they cost is estimated or not known.
    /// </summary>
    public IEnumerable<AttemptRow> PerhapsBilled()
    {
        for (var i = 0; i < _used; i++)
        {
            if (Attempts[_used].Outcome == CallOutcome.Success && IsPerhapsBilled(Attempts[i]))
            {
                yield return Attempts[i];
            }
        }
    }

    /// <summary>The changes of the model that was asked for, from one attempt to the next.</summary>
    public IEnumerable<(long From, long To)> Fallbacks()
    {
        for (var i = 0; i < Attempts.Count - 1; i++)
        {
            var (from, to) = (Attempts[i].ModelRequested, Attempts[i + 1].ModelRequested);
            if (from != to && from != 0 && to != 0)
            {
                yield return (from, to);
            }
        }
    }

    private static bool IsPerhapsBilled(AttemptRow attempt)
    {
        const int FirstError = 400;
        return attempt.Outcome is CallOutcome.Timeout or CallOutcome.Canceled or CallOutcome.Truncated or CallOutcome.Interrupted or CallOutcome.Error
            && attempt.HttpStatus is null or < FirstError
            && attempt.Basis is not CostBasis.Unbilled;
    }

    private int LastOf(CallOutcome outcome)
    {
        for (var i = Attempts.Count - 1; i >= 0; i--)
        {
            if (Attempts[i].Outcome == outcome)
            {
                return i;
            }
        }

        return -1;
    }
}
