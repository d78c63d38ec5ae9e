using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Costs;
using Telemetry.Handler.Estimating.Prompts;

namespace CostReport.Cli.Estimates.Showing;

/// <summary>The blocks of a request, the greatest first, or all in order.</summary>
internal static class SegmentTable
{
    private const int MostRows = 15;

    /// <summary>Makes the section.</summary>
    public static Section Of(EstimatedRequest estimated, bool all)
    {
        var segments = estimated.Estimate.Segments;
        var isFolded = !all && segments.Count > MostRows;
        var shown = isFolded ? [.. segments.OrderByDescending(s => s.Tokens).Take(MostRows)] : segments;
        var (left, rest) = (segments.Count - shown.Count, segments.Sum(s => s.Tokens) - shown.Sum(s => s.Tokens));
        var rows = shown.Select(segment => Row(estimated, segment)).ToList();
        if (isFolded)
        {
            rows.Add(Row(estimated, new Cell($"{Figures.Count(left)} smaller", Tone.Muted), "", rest, null));
        }

        rows.Add(Row(estimated, new Cell("added by the provider", Tone.Muted), "overhead", CachePlan.Added(estimated.Estimate), null));
        return new Section
        {
            Heading = isFolded ? "Greatest blocks" : "Blocks, in the order of the cache",
            Table = new Table(
                [
                    Column.Words("block", Column.Always) with { Least = 22 }, Column.Words("source", 60) with { Least = 9 }, new Column("tokens", Column.Always),
                    new Column("share", 70), new Column("input cost", 80), Column.Words("cache", 75) with { Least = 5 }, Column.Bars(40),
                ],
                rows),
            Notes = isFolded ? [new Cell("--all shows every block, in the order of the cache.", Tone.Muted)] : [],
        };
    }

    /// <summary>A breakpoint's lifetime: <c>5m</c>, <c>1h</c>; null for none.</summary>
    public static string? Lifetime(TimeSpan? lifetime) => lifetime switch
    {
        null => null,
        { TotalHours: >= 1 } => "1h",
        _ => "5m",
    };

    private static IReadOnlyList<Cell> Row(EstimatedRequest estimated, SegmentEstimate segment) =>
        Row(estimated, segment.Place, EstimateJson.NameOf(segment.Source), segment.Tokens, Lifetime(segment.CacheLifetime));

    private static IReadOnlyList<Cell> Row(EstimatedRequest estimated, Cell place, string source, long tokens, string? lifetime)
    {
        var whole = Math.Max(1, estimated.Estimate.InputTokens);
        var cost = estimated.Costs.OfInput(tokens) is { } money ? Figures.Money(money, 6) : "-";
        return [place, source.Replace('_', ' '), Figures.Count(tokens), Figures.Percent(tokens, whole), cost, lifetime ?? "", new Cell("", Share: Math.Clamp((double)tokens / whole, 0, 1))];
    }
}
