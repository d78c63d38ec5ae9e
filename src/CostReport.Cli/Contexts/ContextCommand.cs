using CostLedger.Querying.Conversations;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Documents;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.World;

namespace CostReport.Cli.Contexts;

/// <summary>What fills the context window, by conversation and turn.</summary>
internal static class ContextCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var report = ledger.Conversations(invocation.Filter);
        var found = ContextFinder.Find(report.Conversations, surroundings.Prices);
        if (invocation.Argument is { } name)
        {
            found = [.. found.Where(c => ContextFinder.Matches(c.Conversation, name))];
            if (found.Count == 0)
            {
                throw new UserError(ExitCode.No, $"no conversation '{SafeText.Short(name)}' in the period; 'costreport context' lists them, by the names in its first column");
            }
        }

        Func<Chart> chart = () => ContextChart.Of(found, invocation.Period);
        PictureFile.Write(invocation, chart, surroundings);
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => ContextJson.Write(stream, found, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, ContextData.Of(found)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, found.Count == 0
                    ? Empty(report, invocation, ledger)
                    : ContextTables.Of(found, invocation.Period), chart);
                break;
        }

        return ExitCode.Fine;
    }

    private static Report Empty(ConversationReport report, Invocation invocation, ILedgerSource ledger) =>
        report.Conversations.Count > 0 ? EmptyReport.Without(
            ContextTables.Title,
            invocation.Period,
            "No answer told how many tokens its prompt had.",
            "Failed calls tell none. Ask for a longer period (--since), or take a filter away.")
        : report.Alone.Calls > 0 ? EmptyReport.Without(
            ContextTables.Title,
            invocation.Period,
            $"{Figures.Count(report.Alone.Calls, "call")}, and none of them in a conversation.",
            "A call belongs to one where its prompt was read (ReadPrompts is on unless it is switched off), or where the application names one (CallContext.Begin).")
        : EmptyReport.Of(ContextTables.Title, invocation, LedgerOpener.LastCall(ledger));
}
