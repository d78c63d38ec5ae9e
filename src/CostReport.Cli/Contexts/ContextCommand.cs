using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
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
        var found = ConversationFinder.Find(ledger.Calls(invocation.Filter), surroundings.Prices);
        if (invocation.Argument is { } name)
        {
            found = [.. found.Where(c => ConversationFinder.Matches(c, name))];
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
                    ? Empty(invocation, ledger)
                    : ContextTables.Of(found, invocation.Period), chart);
                break;
        }

        return ExitCode.Fine;
    }

    private static Documents.Report Empty(Invocation invocation, ILedgerSource ledger) => ledger.Calls(invocation.Filter, last: 1).Any()
        ? EmptyReport.Without(
            ContextTables.Title,
            invocation.Period,
            "No answer told how many tokens its prompt had.",
            "Failed calls tell none. Ask for a longer period (--since), or take a filter away.")
        : EmptyReport.Of(ContextTables.Title, invocation, LedgerOpener.LastCall(ledger));
}
