using CostReport.Cli.Arguments;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Attempts;

/// <summary>What failed, retried and abandoned attempts took.</summary>
internal static class AttemptsCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var report = ledger.Attempts(invocation.Filter, invocation.By, invocation.Period.Zone);
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => AttemptJson.Write(stream, report, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, AttemptData.Of(report)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, report.Totals.Calls == 0
                    ? EmptyReport.Of(AttemptTables.Title, invocation, LedgerOpener.LastCall(ledger))
                    : AttemptTables.Of(report, invocation.Period));
                break;
        }

        return ExitCode.Fine;
    }
}
