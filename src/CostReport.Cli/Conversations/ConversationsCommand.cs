using CostLedger.Querying.Conversations;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Contexts;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Conversations;

/// <summary>What conversations took, and one of them turn by turn.</summary>
internal static class ConversationsCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var report = ledger.Conversations(invocation.Filter);
        var found = report.Conversations.OrderByDescending(c => c.Totals.Cost).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();
        if (invocation.Argument is { } name)
        {
            found = found.FindAll(c => ContextFinder.Matches(c, name));
            if (found.Count == 0)
            {
                throw new UserError(ExitCode.No, $"no conversation '{SafeText.Short(name)}' in the period; 'costreport conversations' lists them, by the names in its first column");
            }
        }

        Func<Chart> chart = () => ConversationChart.Of(report, found, invocation.Period);
        PictureFile.Write(invocation, chart, surroundings);
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => ConversationJson.Write(stream, report, found, invocation));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(
                    writer, invocation.Argument is null ? ConversationData.Of(found) : ConversationData.Turns(found)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, found.Count == 0
                    ? Empty(report, invocation, LedgerOpener.LastCall(ledger))
                    : invocation.Argument is null ? ConversationTables.Of(report, found, invocation.Period) : TurnTables.Of(found, invocation.Period), chart);
                break;
        }

        return ExitCode.Fine;
    }

    private static Documents.Report Empty(ConversationReport report, Invocation invocation, DateTimeOffset? lastCall) => report.Alone.Calls == 0
        ? EmptyReport.Of(ConversationTables.Title, invocation, lastCall)
        : ConversationTables.Nothing(report, invocation.Period);
}
