using System.Globalization;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Whether something before a breakpoint looks as if it changed with every call, so that nothing behind it is ever found in the cache.</summary>
internal static class StabilityChecks
{
    private const int Most = 5;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request)
    {
        var last = request.Breakpoints.Count == 0 ? -1 : request.Breakpoints[^1].Segment;
        return Enumerable.Range(0, last + 1).Select(i => At(request, i)).OfType<Finding>().Take(Most);
    }

    private static Finding? At(EstimatedRequest request, int index)
    {
        var segment = request.Prompt.Segments[index];

        // What was said stays as it was said; a message is new with its call only where it is the only one.
        if (segment.Level == CacheLevel.Messages && (request.Prompt.Messages > 1 || segment.Kind != SegmentKind.Text))
        {
            return null;
        }

        var text = request.Request.Body.Span.Slice(segment.Start, segment.Length);
        var isTool = segment.Level == CacheLevel.Tools;
        if (VolatileText.Find(text) is not { } found)
        {
            return isTool ? null : OfDate(request, index, text);
        }

        if (isTool && VolatileText.IsMidnight(text[found.At..]))
        {
            return null;
        }

        return new Finding(
            "unstable_prefix",
            isTool ? Severity.Note : Severity.Warning,
            $"{found.What} stands before a cache breakpoint: if it changes from call to call, nothing from there on is ever read from the cache. Put it behind the last breakpoint.",
            Place(request, index, found.At));
    }

    private static Finding? OfDate(EstimatedRequest request, int index, ReadOnlySpan<byte> text) => VolatileText.FindDate(text, request.Terms.At.Year) is { } at
        ? new Finding(
            "dated_prefix",
            Severity.Note,
            "A date stands before a cache breakpoint: if it is the day's, the first call of each day writes the cache anew. Put it behind the last breakpoint.",
            Place(request, index, at))
        : null;

    private static string Place(EstimatedRequest request, int index, int at) =>
        string.Create(CultureInfo.InvariantCulture, $"{request.Estimate.Segments[index].Place} byte {request.Prompt.Segments[index].Start + at}");
}
