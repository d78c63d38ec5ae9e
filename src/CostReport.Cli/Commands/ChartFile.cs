using CostLedger.Querying;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>Writes the chart of costs that <c>--chart</c> asks for.</summary>
internal static class ChartFile
{
    private static readonly Grouping[] By = [new(GroupKind.Day), new(GroupKind.Model)];

    /// <summary>Writes the chart, where one is asked for.</summary>
    /// <param name="invocation">What was asked for.</param>
    /// <param name="surroundings">The world.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="byDayAndModel">Sums whose first dimensions are the day and the model, where they are at hand.</param>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(Invocation invocation, Surroundings surroundings, ILedgerSource ledger, UsageReport? byDayAndModel)
    {
        if (invocation.Chart is not { } path)
        {
            return;
        }

        var usage = byDayAndModel ?? ledger.Usage(invocation.Filter, By, invocation.Period.Zone);
        var costs = DayCosts.Of(usage.Groups, invocation.Period, TimeBuckets.Most);
        PictureFile.Write(path, CostChart.Of(costs, invocation.Period).Draw(), surroundings);
    }
}
