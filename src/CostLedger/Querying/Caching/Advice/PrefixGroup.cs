using CostLedger.Querying.Caching.Traffic;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Advice;

/// <summary>What calls that begin alike come to under two ways of caching. Money is in nano-dollars.</summary>
internal sealed class PrefixGroup
{
    public required string Model { get; init; }

    public long Calls { get; private set; }

    /// <summary>The calls that make the difference.</summary>
    public long Different { get; private set; }

    public decimal Saved { get; private set; }

    /// <summary>One of the calls that make the difference.</summary>
    public CallId Example { get; private set; }

    /// <summary>The last of the calls.</summary>
    public CallId Last { get; private set; }

    /// <summary>Of the prefix, the tokens of one call after the other.</summary>
    public decimal Tokens { get; private set; }

    public long Written5m { get; private set; }

    public long Written1h { get; private set; }

    /// <summary>Adds a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="saved">What it would have cost less.</param>
    /// <param name="isDifferent">Whether it is one of those that make the difference.</param>
    /// <param name="tokens">The tokens of its prefix.</param>
    public void Add(TrafficCall call, decimal saved, bool isDifferent, long tokens)
    {
        Calls++;
        Last = call.Id;
        Saved += saved;
        Written5m += call.Written5m;
        Written1h += call.Written1h;
        if (isDifferent)
        {
            Different++;
            Tokens += tokens;
            Example = call.Id;
        }
    }

    /// <summary>The tokens of a prefix, on average over the calls that make the difference.</summary>
    public static long TokensOf(IReadOnlyCollection<PrefixGroup> groups) =>
        groups.Sum(g => g.Different) is > 0 and var calls ? (long)(groups.Sum(g => g.Tokens) / calls) : 0;
}
