using CostLedger.Querying;
using CostReport.Cli.Documents;
using CostReport.Cli.Sources;
using CostReport.Cli.Times;

namespace CostReport.Cli.Reports;

/// <summary>
/// Calls that began after the present, which were written where a clock is ahead. A report up to now has them in its figures, so that
/// no cost is lost, and says so.
/// </summary>
/// <param name="Attempts">How many attempts.</param>
/// <param name="Last">When the last of them began.</param>
internal sealed record ClockAhead(long Attempts, DateTimeOffset Last)
{
    // A call that was written while the report is made is not ahead.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Looks for such calls; null where there are none, or where the period has an end that was asked for.</summary>
    public static ClockAhead? Find(ILedgerSource ledger, CallFilter filter, Period period)
    {
        var present = period.Now + Tolerance;
        if (period.Until is not null || period.Since > present)
        {
            return null;
        }

        var ahead = filter with { Since = present };
        return ledger.Calls(ahead, last: 1).FirstOrDefault() is { } last
            ? new ClockAhead(ledger.Usage(ahead, [], period.Zone).Totals.Attempts, last.StartedAt)
            : null;
    }

    /// <summary>What a reader should know of them; nothing where there are none.</summary>
    public static IEnumerable<Cell> Notes(ClockAhead? ahead, Period period) => ahead is null
        ? []
        : [new Cell($"{Figures.Count(ahead.Attempts, "attempt")} in these figures began after now, the last at {Figures.Minute(period.Local(ahead.Last))}: a clock is ahead.", Tone.Doubtful)];
}
