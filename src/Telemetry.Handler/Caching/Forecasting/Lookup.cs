using CostLedger.Records;
using Telemetry.Handler.Caching.Model;

namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>What looking back from a prompt's breakpoints finds.</summary>
internal readonly record struct Lookup
{
    /// <summary>The segment up to which the prompt is in the cache; -1 where nothing is.</summary>
    public required int Hit { get; init; }

    /// <summary>The key of that entry.</summary>
    public UInt128 Key { get; init; }

    /// <summary>The tokens up to there.</summary>
    public int Tokens { get; init; }

    /// <summary>Whether usage told them.</summary>
    public bool IsExact { get; init; }

    /// <summary>What was known of the entry.</summary>
    public EntryState State { get; init; }

    /// <summary>The call that used it last.</summary>
    public CallId Call { get; init; }

    /// <summary>A deeper entry that cannot be read: expired, or being written; null where there is none.</summary>
    public Missed? Missing { get; init; }

    /// <summary>An entry that cannot be read.</summary>
    /// <param name="Index">The segment.</param>
    /// <param name="Key">The entry's key.</param>
    /// <param name="Tokens">The tokens up to there.</param>
    /// <param name="IsExact">Whether usage told them.</param>
    /// <param name="Reason">Why not.</param>
    /// <param name="Call">The call that writes it, or used it last.</param>
    /// <param name="Age">The time since.</param>
    internal sealed record Missed(int Index, UInt128 Key, int Tokens, bool IsExact, CacheBreakReason Reason, CallId Call, TimeSpan Age);
}
