using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Sources;
using CostReport.Cli.Times;

namespace CostReport.Cli.Live.Glances;

/// <summary>What one wants to know all the time.</summary>
/// <param name="Totals">The sums of the period.</param>
/// <param name="Last">The last call that the filter chooses, of any time; null where there is none.</param>
/// <param name="Session">What the session of that call has cost in the last day; null where it has none.</param>
internal sealed record Glance(UsageTotals Totals, CallRecord? Last, NanoUsd? Session)
{
    // Attempts are found by their time alone: a session that goes on for weeks must not make a prompt slow.
    private static readonly TimeSpan s_longestSession = TimeSpan.FromDays(1);

    /// <summary>Asks a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="filter">Which calls.</param>
    /// <param name="period">The period, which the filter holds too.</param>
    /// <param name="now">When the last day ends, where the period does not end before.</param>
    public static Glance Read(ILedgerSource ledger, CallFilter filter, Period period, DateTimeOffset now)
    {
        var totals = ledger.Usage(filter, [], period.Zone).Totals;
        var last = ledger.Calls(filter with { Since = null }, last: 1).LastOrDefault();
        if (last?.Labels.Session is not { } session)
        {
            return new Glance(totals, last, Session: null);
        }

        var end = filter.Until < now ? filter.Until : now;
        var day = filter with { Since = end - s_longestSession, Sessions = [session] };
        return new Glance(totals, last, ledger.Usage(day, [], period.Zone).Totals.Cost.Total);
    }
}
