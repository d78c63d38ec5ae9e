using CostLedger.Querying.Caching.Traffic;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Advice;

/// <summary>Calls that lost something, or never had it, for the same reason, oldest first; at least one.</summary>
/// <param name="Model">Their model.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Subject">What they have in common beside.</param>
/// <param name="Calls">The calls.</param>
internal sealed record LossGroup(string Model, string Reason, string? Subject, IReadOnlyList<TrafficCall> Calls)
{
    /// <summary>What was lost, as far as it has a price.</summary>
    public NanoUsd Cost => Calls.Aggregate(NanoUsd.Zero, (sum, call) => sum + (call.Lost?.CostLost ?? NanoUsd.Zero));

    /// <summary>What calls that lost nothing paid for the same reason, in nano-dollars.</summary>
    public decimal PaidBeside { get; init; }

    /// <summary>The losses of a traffic.</summary>
    /// <param name="traffic">The calls.</param>
    /// <param name="reasons">The reasons that are meant.</param>
    /// <param name="subjectOf">What calls of one group have in common beside model and reason.</param>
    public static IEnumerable<LossGroup> Of(CacheTraffic traffic, IReadOnlyCollection<string> reasons, Func<CacheBreak, string?> subjectOf) => traffic.Calls
        .Where(c => c.Lost is { } lost && reasons.Contains(lost.Reason, StringComparer.Ordinal))
        .GroupBy(c => (c.Model, Reason: c.Lost?.Reason ?? "", Subject: c.Lost is { } lost ? subjectOf(lost) : null))
        .Select(g => new LossGroup(g.Key.Model, g.Key.Reason, g.Key.Subject, [.. g]));

    /// <summary>The calls that paid for another beginning than nearly the same of a call before.</summary>
    /// <param name="changes">The calls.</param>
    public static IEnumerable<LossGroup> Of(IEnumerable<HeadChange> changes) => changes
        .GroupBy(c => (c.Call.Model, c.Reason, c.Place))
        .Select(g => new LossGroup(g.Key.Model, g.Key.Reason, g.Key.Place, [.. g.Select(c => c.Call)]) { PaidBeside = g.Sum(c => c.Saved) });

    /// <summary>Groups of one model, reason and subject made one.</summary>
    public static IEnumerable<LossGroup> Join(IEnumerable<LossGroup> groups) => groups
        .GroupBy(g => (g.Model, g.Reason, g.Subject))
        .Select(g => g.First() with { Calls = [.. g.SelectMany(one => one.Calls).OrderBy(c => c.Id)], PaidBeside = g.Sum(one => one.PaidBeside) });

    /// <summary>The advice that the losses support.</summary>
    public CacheAdvice Advice(string kind, string found, string action) => new()
    {
        Kind = kind,
        Model = Model,
        Subject = Subject,
        Saving = Cost + CacheTraffic.Money(PaidBeside),
        IsMeasured = PaidBeside == 0,
        Calls = Calls.Count,
        Found = found,
        Action = action,
        Example = Calls[^1].Id,
    };
}
