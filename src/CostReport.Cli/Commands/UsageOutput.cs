using CostLedger.Querying;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Documents;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>Writes sums; the exit status says whether a cost is missing in them.</summary>
internal static class UsageOutput
{
    /// <summary>Writes the sums in the form that was asked for, and their chart where one was.</summary>
    public static ExitCode Write(
        Invocation invocation, Surroundings surroundings, ILedgerSource ledger, UsageReport usage, string title, Func<Report> report)
    {
        Func<Chart> chart = () => UsageChart.Of(invocation, ledger, usage);
        PictureFile.Write(invocation, chart, surroundings);
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => UsageJson.Write(stream, usage, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, UsageData.Of(usage)));
                break;
            default:
                var isEmpty = usage.Totals.Attempts == 0;
                ReportWriter.People(invocation, surroundings, isEmpty ? EmptyReport.Of(title, invocation, LedgerOpener.LastCall(ledger)) : report(), chart);
                break;
        }

        if (usage.Totals.UnpricedCalls == 0)
        {
            return ExitCode.Fine;
        }

        if (!ReportWriter.IsForPeople(invocation))
        {
            surroundings.Errors.Write($"costreport: {Wording.Caveats(usage.Totals)[0].Text}\n");
        }

        return ExitCode.No;
    }
}
