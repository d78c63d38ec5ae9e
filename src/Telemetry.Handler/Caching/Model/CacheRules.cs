using CostLedger.Pricing;
using CostLedger.Records;

namespace Telemetry.Handler.Caching.Model;

/// <summary>
/// How a model's cache behaves. Source: Anthropic's documentation of prompt caching as of 2026-08 (lifetimes, lookback,
/// levels) and the price list (<c>min_cacheable_tokens</c>, with its sources); where usage tells otherwise, usage is right.
/// </summary>
internal sealed class CacheRules
{
    /// <summary>Positions that are looked at from a breakpoint backwards, the breakpoint's own included.</summary>
    public const int Lookback = 20;

    /// <summary>The minimum that most models have, for those of which it is not known.</summary>
    public const int UsualMinimum = 1_024;

    private const int Haiku = 0;

    private int _longestUncached;
    private int _shortestCached = int.MaxValue;

    private CacheRules(string model, int minimum, bool stripsThinking)
    {
        (Model, Documented, StripsThinking) = (model, minimum, stripsThinking);
        ModelNumber = Fingerprint.Of(model);
    }

    /// <summary>The model's id at the Claude API, or as it was asked for where that is not known.</summary>
    public string Model { get; }

    /// <summary>A number that stands for the model.</summary>
    public ulong ModelNumber { get; }

    /// <summary>The minimum that is documented.</summary>
    public int Documented { get; }

    /// <summary>Whether thinking of earlier turns is taken out of the prompt as soon as the user says something that is no tool's result.</summary>
    public bool StripsThinking { get; }

    /// <summary>Tokens for each token of our own count, as usage told; 1 until it did.</summary>
    public double TokensPerWeight { get; private set; } = 1;

    /// <summary>Whether usage told any tokens.</summary>
    public bool HasSeenTokens { get; private set; }

    /// <summary>Parameters of which usage showed that they change nothing.</summary>
    public CacheDimensions Harmless { get; set; }

    /// <summary>The fewest tokens of a prefix that is cached: the documented figure within what was observed.</summary>
    public int Minimum => _longestUncached >= Math.Min(Documented, _shortestCached)
        ? _longestUncached + 1
        : Math.Min(Documented, _shortestCached);

    /// <summary>The rules of a model.</summary>
    /// <param name="prices">The price list, which knows the models.</param>
    /// <param name="model">The model's id, in any spelling.</param>
    /// <param name="provider">Who answers.</param>
    /// <param name="location">The cloud's location.</param>
    public static CacheRules Of(PriceBook prices, string model, Provider provider, string? location)
    {
        var match = prices.Match(model, provider, location);
        var row = match.Row ?? (match.Model is { } known ? prices.Match(known).Row : null);
        var name = match.Model ?? model;
        return new CacheRules(name, (int)(row?.MinCacheableTokens ?? UsualMinimum), StripsThinkingOf(name));
    }

    /// <summary>A marked prefix was neither read nor written.</summary>
    public void SawUncached(int tokens)
    {
        // What was cached before cannot be too short, nor can a long prompt: then something else was the matter.
        if (tokens < _shortestCached && tokens < 4 * Documented)
        {
            _longestUncached = Math.Max(_longestUncached, tokens);
        }
    }

    /// <summary>A prefix was read or written.</summary>
    public void SawCached(int tokens)
    {
        _shortestCached = Math.Min(_shortestCached, tokens);
        _longestUncached = _longestUncached >= _shortestCached ? 0 : _longestUncached;
    }

    /// <summary>A whole prompt had so many tokens, and so many by our count.</summary>
    public void SawTokens(long tokens, long weight)
    {
        // A few tokens are mostly what the provider adds.
        if (weight >= 100)
        {
            var seen = Math.Clamp((double)tokens / weight, 0.1, 10);
            TokensPerWeight = HasSeenTokens ? (0.75 * TokensPerWeight) + (0.25 * seen) : seen;
            HasSeenTokens = true;
        }
    }

    // Haiku, Opus before 4.5, Sonnet before 4.6.
    private static bool StripsThinkingOf(string model)
    {
        var (name, version) = Read(model);
        var since = name switch
        {
            "opus" => 405,
            "sonnet" => 406,
            "haiku" => Haiku,
            _ => -1,
        };
        return since == Haiku || (since > 0 && version < since);
    }

    // "claude-opus-4-5-20251101" and "claude-3-7-sonnet-20250219": the word, and the version as hundreds and ones.
    private static (string Name, int Version) Read(string model)
    {
        var (name, version, digits) = ("", 0, 0);
        foreach (var part in model.Split('-'))
        {
            if (part is "opus" or "sonnet" or "haiku")
            {
                name = part;
            }
            else if (part.Length == 1 && char.IsAsciiDigit(part[0]) && digits < 2)
            {
                version += (part[0] - '0') * (digits++ == 0 ? 100 : 1);
            }
        }

        return (name, version);
    }
}
