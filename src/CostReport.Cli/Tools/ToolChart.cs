using CostLedger.Querying.Tools;
using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Tools;

/// <summary>Makes the picture of what tools cost: their results and their definitions.</summary>
internal static class ToolChart
{
    /// <summary>Makes the chart.</summary>
    public static Treemap Of(ToolReport report, Period period)
    {
        var amounts = report.Tools.SelectMany(Parts).ToList();
        return new Treemap(
            "Cost of tools: results and definitions",
            $"{Wording.Of(period)}. {Figures.Count(report.Tools.Count, "tool")}; an area for the results of each, and one for its definition.",
            amounts,
            Measure.Money(amounts.Select(a => a.Value).DefaultIfEmpty().Max()))
        {
            Nothing = "No tool cost anything in this period.",
        };
    }

    private static IEnumerable<Amount> Parts(ToolTotals tool) =>
        [new($"{Wording.Name(tool.Name)}: results", tool.ResultCost.Value), new($"{Wording.Name(tool.Name)}: definition", tool.DefinitionCost.Value)];
}
