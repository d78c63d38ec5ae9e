using CostReport.Cli.Arguments;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
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
                throw UserError.Usage($"no conversation '{SafeText.Short(name)}' in the period; 'costreport context' lists them, by the names in its first column");
            }
        }

        PictureFile.Write(invocation, () => ContextChart.Of(found, invocation.Period), surroundings);
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
                    ? EmptyReport.Of(ContextTables.Title, invocation.Period, LedgerOpener.LastCall(ledger))
                    : ContextTables.Of(found, invocation.Period));
                break;
        }

        return ExitCode.Fine;
    }
}
