using CostReport.Cli.Arguments;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Estimates.Accuracy;

/// <summary>How near the estimates of calls in the ledger came to what providers counted.</summary>
internal static class AccuracyCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        if (invocation.Argument is not null)
        {
            throw UserError.Usage("--accuracy looks at the ledger's calls and takes no file; leave one of the two away");
        }

        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var report = AccuracyReport.Of(ledger.Estimates(invocation.Filter));
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => AccuracyJson.Write(stream, report, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, AccuracyTables.Data(report)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, report.Totals.Calls > 0
                    ? AccuracyTables.Of(report, invocation.Period)
                    : LedgerOpener.LastCall(ledger) is null
                        ? EmptyReport.Of(AccuracyTables.Title, invocation.Period, null)
                        : AccuracyTables.Nothing(invocation.Period));
                break;
        }

        return ExitCode.Fine;
    }
}
