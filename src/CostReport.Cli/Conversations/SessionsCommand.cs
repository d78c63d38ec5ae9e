using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Conversations;

/// <summary>What sessions took.</summary>
internal static class SessionsCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var sessions = SessionSummary.Of(ledger.Conversations(invocation.Filter));
        Func<Chart> chart = () => ConversationChart.Of(sessions, invocation.Period);
        PictureFile.Write(invocation, chart, surroundings);
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => ConversationJson.Write(stream, sessions, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, SessionData.Of(sessions)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, sessions.Count == 0
                    ? EmptyReport.Of(ConversationTables.SessionsTitle, invocation, LedgerOpener.LastCall(ledger))
                    : ConversationTables.Of(sessions, invocation.Period), chart);
                break;
        }

        return ExitCode.Fine;
    }
}
