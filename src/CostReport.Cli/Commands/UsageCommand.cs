using CostLedger.Querying;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Html;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>The summary, and sums by dimensions.</summary>
internal static class UsageCommand
{
    private const string SummaryTitle = "Cost of calls to Claude's Messages API";

    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var isSummary = invocation.By.Count == 0 && ReportWriter.IsForPeople(invocation);
        var by = isSummary ? SummaryReport.By : invocation.By;
        var usage = ledger.Usage(invocation.Filter, by, invocation.Period.Zone);
        if (isSummary)
        {
            invocation = WritePage(invocation, surroundings, ledger);
        }

        ChartFile.Write(invocation, surroundings, ledger, isSummary ? usage : null);
        Report Make() => isSummary ? Summary(invocation, ledger, usage) : Table(usage, invocation);
        return UsageOutput.Write(invocation, surroundings, ledger, usage, isSummary ? SummaryTitle : Title(usage), Make);
    }

    private static Invocation WritePage(Invocation invocation, Surroundings surroundings, ILedgerSource ledger)
    {
        if (invocation.Html is not { } path)
        {
            return invocation;
        }

        var reader = new PageReader(ledger, surroundings.Prices) { Version = surroundings.Version };
        HtmlFile.Write(path, ReportPage.Of(reader.Read(invocation.Filter, invocation.Period)));
        return invocation with { IsPageWritten = true };
    }

    private static Report Summary(Invocation invocation, ILedgerSource ledger, UsageReport usage)
    {
        var before = invocation.Period.Before;
        var totals = before is null
            ? null
            : ledger.Usage(invocation.Filter with { Since = before.Since, Until = before.Until }, [], invocation.Period.Zone).Totals;
        return SummaryReport.Of(usage, totals, invocation.Period);
    }

    private static Report Table(UsageReport usage, Invocation invocation) => new(
        Title(usage),
        Wording.Of(invocation.Period),
        [new Section { Table = UsageTable.Of(usage), Notes = Wording.Caveats(usage.Totals) }]);

    private static string Title(UsageReport usage) => $"Cost by {string.Join(" and ", usage.By.Select(by => by.Name))}";
}
