using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Tools;

/// <summary>What tools took.</summary>
internal static class ToolsCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var report = ledger.Tools(invocation.Filter);
        Func<Chart> chart = () => ToolChart.Of(report, invocation.Period);
        PictureFile.Write(invocation, chart, surroundings);
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => ToolJson.Write(stream, report, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, ToolData.Of(report)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, report.Calls + report.Unread == 0
                    ? EmptyReport.Of(ToolTables.Title, invocation, LedgerOpener.LastCall(ledger))
                    : ToolTables.Of(report, invocation.Period), chart);
                break;
        }

        return ExitCode.Fine;
    }
}
