using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Calls;

/// <summary>Calls as a table, an attempt a row.</summary>
internal static class CallsTable
{
    private const int ShortestId = 12;
    private const int MoneyPlaces = 6;

    /// <summary>Makes the report.</summary>
    /// <param name="calls">The attempts, oldest first.</param>
    /// <param name="period">The period.</param>
    /// <param name="last">How many were asked for; null for all.</param>
    public static Report Of(IReadOnlyList<CallRecord> calls, Period period, int? last)
    {
        var length = IdLength(calls);
        var isThisYear = calls.All(c => period.Local(c.StartedAt).Year == period.Local(period.Now).Year);
        var table = new Table(
            [
                Column.Ids("id", Column.Always),
                new Column("started", 75),
                Column.Words("model", Column.Always) with { Least = 17 },
                new Column("input", 50),
                new Column("cache read", 40),
                new Column("cache write", 35),
                new Column("output", 60),
                new Column("cost", Column.Always),
                new Column("time", 45),
                Column.Words("status", 90),
                Column.Words("session", 30),
            ],
            [.. calls.Select(c => Row(c, period, length, isThisYear))]);
        var notes = last == calls.Count
            ? [new Cell($"The last {Figures.Count(calls.Count, "attempt")}; --last shows more.", Tone.Muted)]
            : (IReadOnlyList<Cell>)[];
        return new Report("Calls", Wording.Of(period), [new Section { Table = table, Notes = notes }]);
    }

    /// <summary>The status in one word: the outcome where it was a success, else what went wrong.</summary>
    public static Cell Status(CallRecord call) => call.Outcome switch
    {
        CallOutcome.Success => new Cell(call.StopReason ?? call.Outcome.Name(), Tone.Good),
        CallOutcome.Refused => new Cell(call.Outcome.Name(), Tone.Doubtful),
        CallOutcome.Error => new Cell(call.ErrorType ?? call.HttpStatus?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? call.Outcome.Name(), Tone.Bad),
        _ => new Cell(call.Outcome.Name(), Tone.Bad),
    };

    private static IReadOnlyList<Cell> Row(CallRecord call, Period period, int idLength, bool isThisYear)
    {
        var usage = call.Usage;
        return
        [
            call.Id.ToString()[..idLength],
            isThisYear ? Figures.Second(period.Local(call.StartedAt))["yyyy-".Length..] : Figures.Second(period.Local(call.StartedAt)),
            call.Model is { } model ? new Cell(model) : new Cell("(unknown)", Tone.Muted),
            Tokens(usage?.InputTokens),
            Tokens(usage?.CacheReadInputTokens),
            Tokens(usage?.CacheCreationInputTokens),
            usage?.OutputTokens is null && call.Estimate?.OutputTokens is { } estimated
                ? new Cell($"~{Figures.Count(estimated)}", Tone.Doubtful)
                : Tokens(usage?.OutputTokens),
            Cost(call.Cost),
            Time(call),
            Status(call),
            call.Labels.Session ?? "",
        ];
    }

    /// <summary>The cost, and how it is known.</summary>
    public static Cell Cost(CallCost cost) => cost.Basis switch
    {
        CostBasis.Unpriced => new Cell("unpriced", Tone.Bad),
        CostBasis.Unbilled => new Cell("unbilled", Tone.Muted),
        CostBasis.Estimated => new Cell($"~{Figures.Money(cost.Total ?? NanoUsd.Zero, MoneyPlaces)}", Tone.Doubtful),
        _ => Figures.Money(cost.Total ?? NanoUsd.Zero, MoneyPlaces),
    };

    // How long one request of a batch took, nobody tells.
    private static Cell Time(CallRecord call) =>
        call.Operation == Operation.BatchResult ? new Cell("-", Tone.Muted) : Figures.Duration(call.Timing.Total);

    private static Cell Tokens(long? count) => count is { } known ? Figures.Count(known) : new Cell("-", Tone.Muted);

    /// <summary>How much of ids to show: as little as there can be while 'calls show' still finds one call for each.</summary>
    public static int IdLength(IReadOnlyList<CallRecord> calls) => IdLength([.. calls.Select(c => c.Id)]);

    /// <summary>How much of ids to show.</summary>
    public static int IdLength(IReadOnlyList<CallId> calls)
    {
        var ids = calls.Select(id => id.ToString()).ToList();
        var longest = ids.Count == 0 ? ShortestId : ids[0].Length;
        for (var length = ShortestId; length < longest; length++)
        {
            if (ids.Select(id => id[..length]).Distinct(StringComparer.Ordinal).Count() == ids.Count)
            {
                return length;
            }
        }

        return longest;
    }
}
