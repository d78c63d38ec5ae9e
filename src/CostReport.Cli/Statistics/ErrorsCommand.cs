using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Statistics;

/// <summary>Which attempts failed, and how.</summary>
internal static class ErrorsCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var report = ledger.Errors(invocation.Filter, invocation.Period.Zone);
        Func<Chart> chart = () => ErrorChart.Of(report, invocation.Period);
        PictureFile.Write(invocation, chart, surroundings);
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => ErrorJson.Write(stream, report, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, ErrorData.Of(report)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, report.Attempts == 0
                    ? EmptyReport.Of(ErrorTables.Title, invocation, LedgerOpener.LastCall(ledger))
                    : ErrorTables.Of(report, invocation.Period), chart);
                break;
        }

        return ExitCode.Fine;
    }
}
