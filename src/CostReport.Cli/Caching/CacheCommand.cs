using CostLedger.Querying;
using CostLedger.Querying.Caching;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.Statistics;
using CostReport.Cli.World;

namespace CostReport.Cli.Caching;

/// <summary>What the prompt cache saved, what broke it, and what would save more.</summary>
internal static class CacheCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, ParsedLine line, Surroundings surroundings)
    {
        PriceFileOption.RejectFaulty(invocation, surroundings);
        var choice = BreakOptions.Read(line, invocation.Format);
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var report = ledger.Cache(invocation.Filter, invocation.By, invocation.Period.Zone, choice);
        Func<Chart> chart = () => ChartOf(invocation, ledger);
        PictureFile.Write(invocation, chart, surroundings);
        var advice = invocation.By.Count > 0 ? null : ledger.CacheAdvice(invocation.Filter, surroundings.Prices.Book(invocation.Prices));
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => CacheJson.Write(stream, report, advice, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, CacheData.Of(report)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, report.Totals.Attempts == 0
                    ? EmptyReport.Of(CacheTables.Title, invocation, LedgerOpener.LastCall(ledger))
                    : CacheTables.Of(report, advice, invocation.Period), chart);
                break;
        }

        return ExitCode.Fine;
    }

    private static ColumnChart ChartOf(Invocation invocation, ILedgerSource ledger)
    {
        CacheReport By(GroupKind unit) => ledger.Cache(invocation.Filter, [new Grouping(unit)], invocation.Period.Zone, new() { Most = 0 });
        var unit = LatencyChart.UnitFor(invocation.Period);
        var report = By(unit);
        if (LatencyChart.NeedsMonths(report.Groups.Select(g => g.Key[0]), unit))
        {
            unit = GroupKind.Month;
            report = By(unit);
        }

        return CacheChart.Of(report, unit, invocation.Period);
    }
}
