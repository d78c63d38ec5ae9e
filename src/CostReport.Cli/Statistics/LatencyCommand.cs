using CostLedger.Querying;
using CostLedger.Querying.Latency;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.World;

namespace CostReport.Cli.Statistics;

/// <summary>How long answers took.</summary>
internal static class LatencyCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var report = ledger.Latency(invocation.Filter, invocation.By, invocation.Period.Zone);
        Func<Chart> chart = () => ChartOf(invocation, ledger);
        PictureFile.Write(invocation, chart, surroundings);
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => LatencyJson.Write(stream, report, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, LatencyData.Of(report)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, IsEmpty(report.Totals)
                    ? EmptyReport.Of(LatencyTables.Title, invocation, LedgerOpener.LastCall(ledger))
                    : LatencyTables.Of(report, invocation.Period), chart);
                break;
        }

        return ExitCode.Fine;
    }

    private static bool IsEmpty(LatencyTotals totals) => totals is { Answers: 0, Failed: 0, Canceled: 0 };

    private static Chart ChartOf(Invocation invocation, ILedgerSource ledger)
    {
        var unit = LatencyChart.UnitFor(invocation.Period);
        var report = ledger.Latency(invocation.Filter, [new Grouping(unit)], invocation.Period.Zone);
        if (LatencyChart.NeedsMonths(report.Groups.Select(g => g.Key[0]), unit))
        {
            unit = GroupKind.Month;
            report = ledger.Latency(invocation.Filter, [new Grouping(unit)], invocation.Period.Zone);
        }

        return LatencyChart.HasLines(report) ? LatencyChart.Of(report, unit, invocation.Period) : LatencyChart.Spread(report, invocation.Period);
    }
}
