using CostLedger.Records;

namespace CostReport.Cli.Estimates.Costs;

/// <summary>What a request costs; amounts are null where there is no price.</summary>
internal sealed record RequestCosts
{
    /// <summary>The estimated input, nothing of it cached.</summary>
    public NanoUsd? Input { get; init; }

    /// <summary>The output that is expected; null where none is.</summary>
    public NanoUsd? Output { get; init; }

    /// <summary>The input, and the output that is expected.</summary>
    public NanoUsd? Total { get; init; }

    /// <summary>The same with the fewest input tokens of the interval.</summary>
    public NanoUsd? Low { get; init; }

    /// <summary>The same with the most.</summary>
    public NanoUsd? High { get; init; }

    /// <summary>The most that the call can cost: the most input of the interval, written to the cache where that is dearer, and all of <c>max_tokens</c>; null where nothing bounds it.</summary>
    public NanoUsd? Most { get; init; }

    /// <summary>The input of a first call, which writes to the cache; null where nothing is cached.</summary>
    public NanoUsd? FirstInput { get; init; }

    /// <summary>The input of a later call, which reads from it.</summary>
    public NanoUsd? LaterInput { get; init; }

    /// <summary>What one uncached input token costs, in nano-dollars, everything that changes the price included.</summary>
    public decimal? InputToken { get; init; }

    /// <summary>Why there is no price; null where there is one.</summary>
    public string? Unpriced { get; init; }

    /// <summary>What changed the price: <c>batch</c>, <c>fast</c>, <c>geo</c>, <c>long_context</c>, <c>regional</c>.</summary>
    public IReadOnlyList<string> Modifiers { get; init; } = [];

    /// <summary>What to know about the price.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>What some of the input costs, uncached.</summary>
    public NanoUsd? OfInput(long tokens) => InputToken is { } price ? new NanoUsd((long)Math.Round(tokens * price, MidpointRounding.ToEven)) : null;
}
