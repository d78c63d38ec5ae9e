using CostLedger.Querying;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Commands;

/// <summary>Writes the chart that <c>--chart</c> asks for: whole or not at all.</summary>
internal static class ChartFile
{
    private static readonly Grouping[] By = [new(GroupKind.Day), new(GroupKind.Model)];

    /// <summary>Writes the chart, where one is asked for.</summary>
    /// <param name="invocation">What was asked for.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="byDayAndModel">Sums whose first dimensions are the day and the model, where they are at hand.</param>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(Invocation invocation, ILedgerSource ledger, UsageReport? byDayAndModel)
    {
        if (invocation.Chart is not { } path)
        {
            return;
        }

        var usage = byDayAndModel ?? ledger.Usage(invocation.Filter, By, invocation.Period.Zone);
        var costs = DayCosts.Of(usage.Groups, invocation.Period, CostChart.MostColumns);
        var svg = ColumnChartSvg.Draw(CostChart.Of(costs, Wording.Of(invocation.Period)));
        try
        {
            Replace(path, svg);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw UserError.Usage($"--chart '{SafeText.Short(path)}' cannot be written: {error.Message}");
        }
    }

    // Beside it first, then renamed: whoever looks sees the old picture or the new one, never half of it.
    private static void Replace(string path, string text)
    {
        var target = Path.GetFullPath(path);
        var beside = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
