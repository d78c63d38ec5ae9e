using CostLedger.Querying.Summing;
using CostLedger.Records;

namespace CostLedger.Querying.Retrying;

/// <summary>Running sums over calls.</summary>
internal sealed class AttemptSums
{
    public long Calls { get; private set; }

    public long Attempts { get; private set; }

    public long RetriedCalls { get; private set; }

    public Dictionary<CallOutcome, long> Outcomes { get; } = [];

    public NanoUsd Cost { get; private set; }

    public long Estimated { get; private set; }

    public long NearLeast { get; private set; }

    public TimeSpan Duration { get; private set; }

    public Loss Retried { get; } = new();

    public Loss Failed { get; } = new();

    public Loss Abandoned { get; } = new();

    public TimeSpan Waited { get; private set; }

    public (long Asked, long Early, TimeSpan By, TimeSpan MostBy) Haste { get; private set; }

    public (long Attempts, NanoUsd AtRisk, long Unknown) BilledTwice { get; private set; }

    public long FallbackCalls { get; private set; }

    public long BegunBefore { get; private set; }

    public long WithoutFirst { get; private set; }

    /// <summary>Adds calls of one successful attempt each.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="sign">1 to add it, -1 to take it back: it turned out to belong to a call of several attempts.</param>
    public void AddPlain(AttemptRow attempt, int sign)
    {
        Calls += sign;
        Attempts += sign;
        CountOutcome(CallOutcome.Success, sign);
        Cost = new NanoUsd(checked(Cost.Value + (sign * (attempt.Cost?.Value ?? 0))));
        Estimated += sign * One(attempt.Basis == CostBasis.Estimated);
        Duration = Times.Sum(Duration, sign * attempt.Duration);
    }

    /// <summary>Adds a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="since">The first key of the period.</param>
    /// <param name="hasFirst">Whether its first attempt is in the ledger.</param>
    public void Add(LogicalCall call, CallId since, bool hasFirst)
    {
        Calls++;
        Attempts += call.Attempts.Count;
        RetriedCalls += One(call.Attempts.Count > 1);
        CountOutcome(call.Outcome, 1);
        for (var i = 0; i < call.Attempts.Count; i++)
        {
            Cost += call.Attempts[i].Cost ?? NanoUsd.Zero;
            Estimated += One(call.Attempts[i].Basis == CostBasis.Estimated);
            NearLeast += One(RowSums.IsNearLeast(call.Attempts[i].Basis, call.Attempts[i].Provider, call.Attempts[i].Outcome));
            Duration = Times.Sum(Duration, call.Attempts[i].Duration);
            LossOf(call.FateOf(i))?.Add(call.Attempts[i]);
        }

        Waited = Times.Sum(Waited, call.Waited);
        AddHaste(call);
        AddBilledTwice(call);
        BegunBefore += One(call.Attempts[0].Id < since);
        WithoutFirst += One(!hasFirst);
    }

    /// <summary>Counts a call in which another model was tried or answered.</summary>
    public void AddFallback() => FallbackCalls++;

    private static int One(bool holds) => holds ? 1 : 0;

    private void CountOutcome(CallOutcome outcome, int sign) => Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + sign;

    private Loss? LossOf(AttemptFate fate) => fate switch
    {
        AttemptFate.Retried => Retried,
        AttemptFate.Failed => Failed,
        AttemptFate.Abandoned => Abandoned,
        _ => null,
    };

    private void AddHaste(LogicalCall call)
    {
        foreach (var early in call.Haste())
        {
            var (asked, count, by, most) = Haste;
            Haste = (asked + 1, count + One(early > TimeSpan.Zero), Times.Sum(by, early), early > most ? early : most);
        }
    }

    private void AddBilledTwice(LogicalCall call)
    {
        foreach (var attempt in call.PerhapsBilled())
        {
            var (count, atRisk, unknown) = BilledTwice;
            var most = attempt.MostCost ?? attempt.Cost;
            BilledTwice = (count + 1, atRisk + (most ?? NanoUsd.Zero), unknown + One(most is null));
        }
    }
}
