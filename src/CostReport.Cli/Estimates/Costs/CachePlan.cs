using CostLedger.Records;
using Telemetry.Handler.Estimating.Prompts;

namespace CostReport.Cli.Estimates.Costs;

/// <summary>
/// What the breakpoints of a request do. Source: Anthropic, Prompt caching, 2026-08-21: a prefix is cached up to a breakpoint where
/// it reaches the model's minimum; one hour before five minutes; what is behind the last breakpoint is not cached.
/// </summary>
internal static class CachePlan
{
    /// <summary>The breakpoints, in order.</summary>
    /// <param name="estimate">The request's tokens.</param>
    /// <param name="pricer">Its prices.</param>
    public static IReadOnlyList<CacheBreakpoint> Breakpoints(PromptEstimate estimate, CallPricer pricer)
    {
        var found = new List<CacheBreakpoint>();
        var prefix = Added(estimate);
        for (var i = 0; i < estimate.Segments.Count; i++)
        {
            prefix = Math.Min(estimate.InputTokens, prefix + estimate.Segments[i].Tokens);
            if (estimate.Segments[i].CacheLifetime is { } lifetime)
            {
                found.Add(Breakpoint(estimate, i, lifetime, prefix, pricer));
            }
        }

        return found;
    }

    /// <summary>The input of a first call, which writes, and of a later one, which reads; null where nothing is cached.</summary>
    public static (TokenSplit First, TokenSplit Later)? Calls(long inputTokens, IReadOnlyList<CacheBreakpoint> breakpoints)
    {
        var cached = breakpoints.Where(b => b.ReachesMinimum).ToList();
        if (cached.Count == 0)
        {
            return null;
        }

        var all = cached.Max(b => b.PrefixTokens);
        var hour = cached.Where(b => b.IsLong).Select(b => b.PrefixTokens).DefaultIfEmpty().Max();
        var rest = inputTokens - all;
        return (new TokenSplit(rest) { Write1h = hour, Write5m = all - hour }, new TokenSplit(rest) { Read = all });
    }

    /// <summary>What belongs to no block: most of it is the prompt that explains tools, which stands in front.</summary>
    public static long Added(PromptEstimate estimate) => Math.Max(0, estimate.InputTokens - estimate.Segments.Sum(s => s.Tokens));

    private static CacheBreakpoint Breakpoint(PromptEstimate estimate, int segment, TimeSpan lifetime, long prefix, CallPricer pricer)
    {
        var breakpoint = new CacheBreakpoint
        {
            Place = estimate.Segments[segment].Place,
            Segment = segment,
            Lifetime = lifetime,
            PrefixTokens = prefix,
            Minimum = pricer.Row?.MinCacheableTokens,
        };
        var rest = estimate.InputTokens - prefix;
        var whole = pricer.Cost(new TokenSplit(estimate.InputTokens));
        var write = breakpoint.IsLong ? new TokenSplit(rest) { Write1h = prefix } : new TokenSplit(rest) { Write5m = prefix };
        var behind = pricer.Price(write).Cost.ByClass;
        return breakpoint with
        {
            Uncached = whole is { } all && behind is { } other ? all - other.Input : null,
            Write = behind is { } written ? written.CacheWrite5m + written.CacheWrite1h : null,
            Read = pricer.Price(new TokenSplit(rest) { Read = prefix }).Cost.ByClass is { } read ? (NanoUsd?)read.CacheRead : null,
        };
    }
}
