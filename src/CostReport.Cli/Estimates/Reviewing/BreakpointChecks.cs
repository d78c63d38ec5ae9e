using System.Text.Json;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;
using CostReport.Cli.Estimates.Inputs;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Whether the cache breakpoints do what they are for. Source: Anthropic, Prompt caching, 2026-08-21.</summary>
internal static class BreakpointChecks
{
    private const int MostBreakpoints = 4;
    private const int Lookback = 20;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request) =>
        [.. Number(request), .. Lifetimes(request), .. Order(request), .. Lengths(request), .. Markable(request), .. Reach(request), .. Missing(request)];

    private static IEnumerable<Finding> Number(EstimatedRequest request)
    {
        if (request.Parameters.CacheBreakpoints > MostBreakpoints)
        {
            yield return new Finding("too_many_breakpoints", Severity.Error, $"There are {request.Parameters.CacheBreakpoints} cache breakpoints; the API takes {MostBreakpoints}.");
        }
    }

    // The API takes "5m" and "1h"; what is another is counted as the first.
    private static IEnumerable<Finding> Lifetimes(EstimatedRequest request)
    {
        var body = request.Request.Body;
        for (var i = 0; i < request.Prompt.Segments.Count; i++)
        {
            var segment = request.Prompt.Segments[i];
            if (segment.Breakpoint == CacheLifetime.FiveMinutes && IsOddLifetime(body.Slice(segment.Start, segment.Length)))
            {
                yield return OddLifetime(request.Estimate.Segments[i].Place);
            }
        }

        if (request.Prompt.Automatic == CacheLifetime.FiveMinutes && IsOddLifetime(body))
        {
            yield return OddLifetime("cache_control");
        }
    }

    private static bool IsOddLifetime(ReadOnlyMemory<byte> block) =>
        JsonParts.Find(JsonParts.Members(new JsonPart("", JsonTokenType.StartObject, block)), "cache_control") is { } control
        && JsonParts.Find(JsonParts.Members(control), "ttl") is { } ttl
        && ttl.Kind != JsonTokenType.Null
        && !string.Equals(JsonParts.ShortText(ttl), "5m", StringComparison.Ordinal);

    private static Finding OddLifetime(string place) =>
        new("breakpoint_lifetime", Severity.Error, "The ttl of a breakpoint is neither \"5m\" nor \"1h\": the API refuses it; the estimate takes five minutes.", place);

    private static IEnumerable<Finding> Order(EstimatedRequest request)
    {
        var isAfterShort = false;
        foreach (var breakpoint in request.Breakpoints)
        {
            if (breakpoint.IsLong && isAfterShort)
            {
                yield return new Finding("breakpoint_order", Severity.Error, "A breakpoint of one hour stands behind one of five minutes: the longer must come first.", breakpoint.Place);
                yield break;
            }

            isAfterShort |= !breakpoint.IsLong;
        }
    }

    private static IEnumerable<Finding> Lengths(EstimatedRequest request)
    {
        foreach (var breakpoint in request.Breakpoints.Where(b => b.Short > 0))
        {
            yield return new Finding(
                "breakpoint_below_minimum",
                Severity.Warning,
                $"Nothing is cached here: the prefix has about {Figures.Count(breakpoint.PrefixTokens)} tokens, {Figures.Count(breakpoint.Short, "token")} short of the {Figures.Count(breakpoint.Minimum ?? CacheBreakpoint.UsualMinimum)} {Whose(breakpoint, request)}.",
                breakpoint.Place);
        }

        var unknown = request.Breakpoints.FirstOrDefault(b => b.Minimum is null);
        if (unknown is not null && request.Row is { } row)
        {
            yield return new Finding("minimum_unknown", Severity.Note, $"The shortest prefix that {row.Model} caches is not known; it is taken to be {Figures.Count(CacheBreakpoint.UsualMinimum)}.");
        }
    }

    private static string Whose(CacheBreakpoint breakpoint, EstimatedRequest request) =>
        breakpoint.Minimum is not null && request.Row is { } row ? $"of {row.Model}" : "that are taken where a model's minimum is not known";

    private static IEnumerable<Finding> Markable(EstimatedRequest request)
    {
        for (var i = 0; i < request.Prompt.Segments.Count; i++)
        {
            var segment = request.Prompt.Segments[i];
            var isThinking = segment.Kind is SegmentKind.Thinking or SegmentKind.RedactedThinking;
            if (segment.Breakpoint != CacheLifetime.None && (isThinking || (segment.Kind == SegmentKind.Text && segment.TextLength == 0)))
            {
                yield return new Finding(
                    "breakpoint_not_allowed", Severity.Error, $"{(isThinking ? "Thinking" : "Empty text")} takes no breakpoint: the API refuses it.", request.Estimate.Segments[i].Place);
            }
        }
    }

    // A breakpoint finds what an earlier request wrote at most so many blocks before it.
    private static IEnumerable<Finding> Reach(EstimatedRequest request)
    {
        if (request.Breakpoints.Count == 0 || request.Prompt.Messages < 3)
        {
            yield break;
        }

        var last = request.Breakpoints[^1].Segment;
        var turn = request.Prompt.Messages - 2;
        var added = 0;
        for (var i = last; i >= 0 && request.Prompt.Segments[i].Message >= turn; i--)
        {
            if (i < last && request.Estimate.Segments[i].CacheLifetime is not null)
            {
                yield break;
            }

            added++;
        }

        if (added > Lookback)
        {
            yield return new Finding(
                "breakpoint_reach", Severity.Warning, $"The last turn has {added} blocks before this breakpoint; the cache of the turn before is looked for in {Lookback}. Set another within them.", request.Breakpoints[^1].Place);
        }
    }

    private static IEnumerable<Finding> Missing(EstimatedRequest request)
    {
        if (request.Breakpoints.Count > 0 || request.Row is not { MinCacheableTokens: { } minimum } || request.Costs.InputToken is null)
        {
            yield break;
        }

        var (tokens, end) = StablePrefix(request);
        if (end < 0 || tokens < minimum)
        {
            yield break;
        }

        var saved = Saving(request, tokens);
        yield return new Finding(
            "no_breakpoint",
            Severity.Note,
            $"{Figures.Count(tokens)} tokens before the last message have no breakpoint{saved}.",
            request.Estimate.Segments[end].Place);
    }

    private static (long Tokens, int End) StablePrefix(EstimatedRequest request)
    {
        var (tokens, end) = (CachePlan.Added(request.Estimate), -1);
        var last = request.Prompt.Messages - 1;
        for (var i = 0; i < request.Prompt.Segments.Count && request.Prompt.Segments[i].Message < last; i++)
        {
            tokens += request.Estimate.Segments[i].Tokens;
            end = i;
        }

        return (tokens, end);
    }

    // The read price is a part of the input price; what a later call saves follows from the row that prices it.
    private static string Saving(EstimatedRequest request, long tokens)
    {
        if (request.Row is not { Standard: { Input: > 0, CacheRead: { } read } prices } || request.Costs.OfInput(tokens) is not { } now)
        {
            return "";
        }

        var saved = new NanoUsd((long)(now.Value * (1 - (read / prices.Input!.Value))));
        return $"; with one, each later call within its lifetime would save about {Figures.Money(saved)}";
    }
}
