using CostReport.Cli.Arguments;
using CostReport.Cli.Calls;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.Summaries;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Watching;

/// <summary>What is watched: the summary, with the last calls near its top, where a low screen shows them too.</summary>
internal static class WatchReport
{
    private const int LastCalls = 8;

    /// <summary>Asks the ledger.</summary>
    public static Report Of(ILedgerSource ledger, Invocation invocation)
    {
        var period = invocation.Period;
        var data = SummaryReader.Read(ledger, invocation.Filter, period);
        if (data.Usage.Totals.Attempts == 0)
        {
            return EmptyReport.Of(SummaryReport.Title, period, LedgerOpener.LastCall(ledger));
        }

        var summary = SummaryReport.Of(data);
        var calls = ledger.Calls(invocation.Filter, LastCalls).ToList();
        var last = CallsTable.Of(calls, period, last: null).Sections[0] with { Heading = "The last calls" };
        return summary with { Sections = [summary.Sections[0], last, .. summary.Sections.Skip(1)] };
    }
}
