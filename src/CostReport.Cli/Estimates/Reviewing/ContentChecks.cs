using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>What is doubtful of the blocks, and what is said twice.</summary>
internal static class ContentChecks
{
    private const int MostPlaces = 3;
    private const long LeastRepeated = 500;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request) => [.. Unknown(request), .. Doubts(request), .. Repeated(request)];

    private static IEnumerable<Finding> Unknown(EstimatedRequest request)
    {
        var places = Enumerable.Range(0, request.Prompt.Segments.Count)
            .Where(i => request.Prompt.Segments[i].Kind == SegmentKind.Unknown)
            .Select(i => request.Estimate.Segments[i].Place)
            .ToList();
        if (places.Count > 0)
        {
            yield return new Finding(
                "unknown_block",
                Severity.Note,
                $"{Figures.Count(places.Count, "block")} of a type that is not known here {(places.Count == 1 ? "is" : "are")} counted as text.",
                string.Join(", ", places.Take(MostPlaces)) + (places.Count > MostPlaces ? ", …" : ""));
        }
    }

    private static IEnumerable<Finding> Doubts(EstimatedRequest request)
    {
        foreach (var doubt in request.Estimate.Doubts)
        {
            var message = doubt switch
            {
                "unknown_tool" => "No figure is known of a tool that the provider describes: its tokens are guessed.",
                "encrypted_content" => "Some content can only be read by the provider: its tokens are guessed from its length.",
                "unknown_block" when request.Prompt.Segments.TrueForAll(s => s.Kind != SegmentKind.Unknown) => "A block within a tool's result has a type that is not known here, and is counted as text.",
                _ => null,
            };
            if (message is not null)
            {
                yield return new Finding(doubt, Severity.Note, message);
            }
        }

        if (request.Parameters.Faults.Count > 0)
        {
            yield return new Finding("parameter_unreadable", Severity.Warning, "A parameter has a value that cannot be: a number that is none, or a name of thousands of characters.");
        }
    }

    private static IEnumerable<Finding> Repeated(EstimatedRequest request)
    {
        var seen = new Dictionary<UInt128, int>();
        var (times, tokens, worst, first) = (0, 0L, -1, -1);
        for (var i = 0; i < request.Prompt.Segments.Count; i++)
        {
            var own = request.Estimate.Segments[i].Tokens;
            if (own < LeastRepeated || request.Prompt.Segments[i].Level == CacheLevel.Tools || seen.TryAdd(request.Prompt.Segments[i].Hash, i))
            {
                continue;
            }

            (times, tokens) = (times + 1, tokens + own);
            if (worst < 0 || own > request.Estimate.Segments[worst].Tokens)
            {
                (worst, first) = (i, seen[request.Prompt.Segments[i].Hash]);
            }
        }

        if (times > 0)
        {
            yield return new Finding(
                "repeated_block",
                Severity.Note,
                $"{Figures.Count(times, "block")} of {Figures.Count(LeastRepeated)} tokens or more repeat{(times == 1 ? "s" : "")} an earlier one: {Figures.Count(tokens)} tokens in all; this one repeats {request.Estimate.Segments[first].Place}.",
                request.Estimate.Segments[worst].Place);
        }
    }
}
