using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Limits;

/// <summary>How near calls are to their rate limits.</summary>
internal static class LimitsCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var report = ledger.Limits(invocation.Filter, surroundings.Time.GetUtcNow());
        Func<Chart> chart = () => LimitChart.Of(report, invocation.Period);
        PictureFile.Write(invocation, chart, surroundings);
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => LimitJson.Write(stream, report, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, LimitData.Of(report)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, report is { Series: [], Throttled: [] }
                    ? Empty(invocation, LedgerOpener.LastCall(ledger))
                    : LimitTables.Of(report, invocation.Period), chart);
                break;
        }

        return ExitCode.Fine;
    }

    private static Documents.Report Empty(Invocation invocation, DateTimeOffset? lastCall) => lastCall is null
        ? EmptyReport.Of(LimitTables.Title, invocation, lastCall)
        : LimitTables.Nothing(invocation.Period);
}
