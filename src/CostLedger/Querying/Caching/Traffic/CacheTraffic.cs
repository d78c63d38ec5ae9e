using CostLedger.Records;

namespace CostLedger.Querying.Caching.Traffic;

/// <summary>The calls that advice rests on, oldest first, and their prompts.</summary>
/// <param name="Calls">The calls.</param>
/// <param name="Tree">Their prompts.</param>
internal sealed record CacheTraffic(IReadOnlyList<TrafficCall> Calls, PromptTree Tree)
{
    private IReadOnlyList<HeadChange>? _headChanges;

    /// <summary>Whether older calls of the period were left out.</summary>
    public bool IsCut { get; init; }

    /// <summary>Calls that were not chosen and may have read what the chosen ones wrote, oldest first.</summary>
    public IReadOnlyList<TrafficCall> Others { get; init; } = [];

    /// <summary>Since when <see cref="Others"/> has all that there are.</summary>
    public DateTimeOffset CertainSince { get; init; }

    /// <summary>The end of what is known: a call after it may still read what was written.</summary>
    public DateTimeOffset End { get; init; }

    /// <summary>The tools that were ever called, and since when that is known; null where it is not.</summary>
    public (IReadOnlySet<string> Names, DateTimeOffset Since)? UsedTools { get; init; }

    /// <summary>Calls that wrote what nearly the same was cached of; found once.</summary>
    public IReadOnlyList<HeadChange> HeadChanges => _headChanges ??= HeadFamilies.Of(this);

    /// <summary>Money of tokens.</summary>
    public static NanoUsd Money(decimal nanoDollars) => new((long)Math.Round(Math.Clamp(nanoDollars, long.MinValue / 2, long.MaxValue / 2)));

    /// <summary>What a call's input would cost.</summary>
    /// <param name="call">The call.</param>
    /// <param name="prices">Its prices.</param>
    /// <param name="read">The deepest block that is read.</param>
    /// <param name="mark">The deepest block that is marked.</param>
    /// <param name="write">What a token that is written costs, in nano-dollars.</param>
    public decimal CostOf(TrafficCall call, CallPrices prices, int read, int mark, decimal write)
    {
        var marked = Tree.TokensOf(call, mark);
        if (marked < prices.Minimum)
        {
            return call.Tokens * prices.Input;
        }

        var known = Math.Min(marked, Tree.TokensOf(call, read));
        known = known < prices.Minimum ? 0 : known;
        return (known * prices.Read) + ((marked - known) * write) + ((call.Tokens - marked) * prices.Input);
    }
}
