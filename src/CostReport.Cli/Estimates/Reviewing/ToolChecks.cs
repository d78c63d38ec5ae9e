using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Whether the tools are told apart, and used.</summary>
internal static class ToolChecks
{
    // With fewer calls in a conversation, an unused tool says nothing.
    private const int LeastCalls = 5;
    private const long LeastTokens = 1_000;
    private const double LeastShare = 0.1;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request)
    {
        var tools = Names(request, kind => kind is SegmentKind.Tool);
        return [.. Duplicates(tools), .. Unused(request, tools)];
    }

    private static IEnumerable<Finding> Duplicates(List<(string Name, SegmentEstimate Segment)> tools)
    {
        var exact = new HashSet<string>(StringComparer.Ordinal);
        var similar = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, segment) in tools)
        {
            if (!exact.Add(name))
            {
                yield return new Finding("duplicate_tool", Severity.Error, $"The tool {name} is defined twice: the API refuses the request.", segment.Place);
            }
            else if (!similar.TryAdd(Bare(name), name))
            {
                yield return new Finding("similar_tools", Severity.Warning, $"The names {similar[Bare(name)]} and {name} differ by their spelling alone: the model will mix them up.", segment.Place);
            }
        }
    }

    private static IEnumerable<Finding> Unused(EstimatedRequest request, List<(string Name, SegmentEstimate Segment)> tools)
    {
        var calls = Names(request, kind => kind == SegmentKind.ToolUse).ConvertAll(call => call.Name);
        if (calls.Count < LeastCalls)
        {
            yield break;
        }

        var unused = tools.Where(tool => !calls.Contains(tool.Name, StringComparer.Ordinal)).ToList();
        var tokens = unused.Sum(tool => tool.Segment.Tokens);
        if (tokens >= LeastTokens && tokens >= request.Estimate.InputTokens * LeastShare)
        {
            var cost = request.Costs.OfInput(tokens) is { } money ? $", {Figures.Money(money)} a call uncached" : "";
            yield return new Finding(
                "unused_tools",
                Severity.Note,
                $"{Figures.Count(unused.Count, "tool")} of {tools.Count} were not called in this conversation of {Figures.Count(calls.Count)} calls: {Figures.Count(tokens)} tokens{cost}.",
                unused.MaxBy(tool => tool.Segment.Tokens).Segment.Place);
        }
    }

    private static List<(string Name, SegmentEstimate Segment)> Names(EstimatedRequest request, Func<SegmentKind, bool> isWanted)
    {
        var names = new List<(string, SegmentEstimate)>();
        for (var i = 0; i < request.Prompt.Segments.Count; i++)
        {
            var segment = request.Prompt.Segments[i];
            if (isWanted(segment.Kind) && SegmentPlace.NameOf(request.Request.Body.Span.Slice(segment.Start, segment.Length)) is { } name)
            {
                names.Add((name, request.Estimate.Segments[i]));
            }
        }

        return names;
    }

    private static string Bare(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).ToUpperInvariant();
}
