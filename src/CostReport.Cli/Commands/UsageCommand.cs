using CostLedger.Querying;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Html;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.Summaries;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>The summary, and sums by dimensions.</summary>
internal static class UsageCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        return invocation.By.Count == 0 && ReportWriter.IsForPeople(invocation)
            ? Summary(invocation, surroundings, ledger)
            : Sums(invocation, surroundings, ledger);
    }

    private static ExitCode Summary(Invocation invocation, Surroundings surroundings, ILedgerSource ledger)
    {
        var data = invocation.Html is { } path
            ? WritePage(path, invocation, surroundings, ledger)
            : SummaryReader.Read(ledger, invocation.Filter, invocation.Period);
        invocation = invocation with { IsPageWritten = true };
        return UsageOutput.Write(invocation, surroundings, ledger, data.Usage, SummaryReport.Title, () => Summary(invocation, surroundings, data));
    }

    // On a terminal the beginning must not have gone by when the end is there; a file has space for all.
    private static Report Summary(Invocation invocation, Surroundings surroundings, SummaryData data) =>
        invocation.Format == OutputFormat.Table && surroundings.Screen().Height is { } height
            ? SummaryReport.Of(data, report => ReportWriter.LinesOf(invocation, surroundings, report) < height)
            : SummaryReport.Of(data);

    private static ExitCode Sums(Invocation invocation, Surroundings surroundings, ILedgerSource ledger)
    {
        var usage = ledger.Usage(invocation.Filter, invocation.By, invocation.Period.Zone);
        return UsageOutput.Write(invocation, surroundings, ledger, usage, Title(usage), () => Table(usage, invocation, ClockAhead.Find(ledger, invocation.Filter, invocation.Period)));
    }

    private static SummaryData WritePage(string path, Invocation invocation, Surroundings surroundings, ILedgerSource ledger)
    {
        using var progress = surroundings.Begin("reading the ledger");
        var data = new PageReader(ledger, surroundings.Prices) { Version = surroundings.Version }.Read(invocation.Filter, invocation.Period);
        HtmlFile.Write(path, ReportPage.Of(data));
        return data.ToSummary();
    }

    private static Report Table(UsageReport usage, Invocation invocation, ClockAhead? ahead) => new(
        Title(usage),
        Wording.Of(invocation.Period),
        [new Section { Table = UsageTable.Of(usage), Notes = [.. Wording.Caveats(usage.Totals), .. ClockAhead.Notes(ahead, invocation.Period)] }]);

    private static string Title(UsageReport usage) => $"Cost by {string.Join(" and ", usage.By.Select(by => by.Name))}";
}
