using CostLedger.Records;
using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Diagnosing;

namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>What a request should read from the cache and write to it. Tokens are estimates until usage told those of the prefix.</summary>
internal sealed class CacheForecast
{
    /// <summary>Tokens that should be read.</summary>
    public required int ReadTokens { get; init; }

    /// <summary>Tokens that should be written with a lifetime of five minutes.</summary>
    public required int Write5mTokens { get; init; }

    /// <summary>Tokens that should be written with a lifetime of one hour.</summary>
    public required int Write1hTokens { get; init; }

    /// <summary>Tokens that should be neither read nor written.</summary>
    public required int UncachedTokens { get; init; }

    /// <summary>How many breakpoints there are, automatic caching included.</summary>
    public required int Breakpoints { get; init; }

    /// <summary>How many tokens the longest marked prefix lacks to be cached; zero where it is long enough or nothing is marked.</summary>
    public required int TokensShort { get; init; }

    /// <summary>The call of the conversation that was before; null for the first.</summary>
    public CallId? Previous => Comparison?.Previous.Id;

    /// <summary>What the request breaks, and why; null where it reads what its conversation has in the cache.</summary>
    public CacheDiagnosis? Break { get; set; }

    /// <summary>All tokens of the prompt.</summary>
    public int TotalTokens => ReadTokens + Write5mTokens + Write1hTokens + UncachedTokens;

    /// <summary>What is remembered of the call.</summary>
    internal required CallMark Call { get; init; }

    /// <summary>What it was compared with; null where there is nothing.</summary>
    internal required Comparison? Comparison { get; init; }

    /// <summary>What was found in the cache.</summary>
    internal required Lookup Found { get; set; }

    /// <summary>The tokens of entries with shorter prefixes, which can be read where the one that was found cannot.</summary>
    internal int[] Others { get; set; } = [];

    /// <summary>Whether usage told the tokens that should be read.</summary>
    internal bool IsReadKnown => Found is { Hit: >= 0, IsExact: true };

    /// <summary>The share of each token of our count, all together.</summary>
    internal required long Weight { get; init; }

    /// <summary>Whether images, documents or what was cleared of the history make the estimate too vague to hold it against usage.</summary>
    internal required bool IsVague { get; set; }

    /// <summary>Whether the answer began.</summary>
    internal bool HasBegun { get; set; }

    /// <summary>Whether usage was seen, or the request failed.</summary>
    internal bool IsSettled { get; set; }
}
