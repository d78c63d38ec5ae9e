using CostLedger.Records;

namespace Telemetry.Handler.Prompting;

/// <summary>
/// What a call will read from the prompt cache and write to it, as far as earlier calls tell. Tokens are exact where an answer told those of
/// the same prefix, and estimates elsewhere. Read, written and uncached tokens together are <see cref="CallExpectation.InputTokens"/>.
/// </summary>
public sealed record CacheExpectation
{
    /// <summary>Tokens that will be read.</summary>
    public required long ReadTokens { get; init; }

    /// <summary>Tokens that will be written for five minutes.</summary>
    public required long Write5mTokens { get; init; }

    /// <summary>Tokens that will be written for an hour.</summary>
    public required long Write1hTokens { get; init; }

    /// <summary>Tokens that will be neither read nor written.</summary>
    public required long UncachedTokens { get; init; }

    /// <summary>What the tokens of the prompt cost, those read and written among them, without the answer. Null without a price.</summary>
    public NanoUsd? Cost { get; init; }

    /// <summary>How many breakpoints the request has, automatic caching included.</summary>
    public required int Breakpoints { get; init; }

    /// <summary>How many tokens the longest marked prefix lacks to be cached at all; zero where it is long enough or nothing is marked.</summary>
    public required long TokensShort { get; init; }

    /// <summary>The earlier call of the same conversation; null for the first.</summary>
    public CallId? Previous { get; init; }

    /// <summary>What the call will lose of what its conversation has in the cache, and why; null where it loses nothing.</summary>
    public CacheBreak? Break { get; init; }
}
