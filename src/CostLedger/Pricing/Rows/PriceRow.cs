using System.Globalization;

namespace CostLedger.Pricing.Rows;

/// <summary>What one model costs at one provider in one period.</summary>
public sealed record PriceRow
{
    /// <summary>The model's id at the Claude API.</summary>
    public required string Model { get; init; }

    /// <summary>The provider's price key, for example <c>bedrock-regional</c>; see <see cref="PriceKeys"/>.</summary>
    public required string Provider { get; init; }

    /// <summary>Other ids of the model at this provider.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The first UTC day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The first UTC day that is no longer in the period; null while it lasts.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Prices of a request at standard speed.</summary>
    public required TokenPrices Standard { get; init; }

    /// <summary>Prices of a request in a batch.</summary>
    public required TokenPrices Batch { get; init; }

    /// <summary>Prices of long prompts, by rising length; empty when every prompt costs the same.</summary>
    public IReadOnlyList<PriceBand> LongContext { get; init; } = [];

    /// <summary>The times with fast mode, of the model's whole life; empty when there was none.</summary>
    public IReadOnlyList<FastPeriod> Fast { get; init; } = [];

    /// <summary>The factor on every token class when inference ran in the US only; null when that makes no difference.</summary>
    public decimal? UsGeoMultiplier { get; init; }

    /// <summary>The most tokens of prompt and answer together.</summary>
    public required long ContextWindow { get; init; }

    /// <summary>The most tokens of an answer.</summary>
    public required long MaxOutput { get; init; }

    /// <summary>The shortest prefix that can be cached, in tokens; null when not known.</summary>
    public long? MinCacheableTokens { get; init; }

    /// <summary>The hidden tokens of a request with tools; null when not known.</summary>
    public ToolPromptTokens? ToolPromptTokens { get; init; }

    /// <summary>Where the model is in its life, for example <c>legacy</c> or <c>deprecated 2026-09-30</c>; null when not known.</summary>
    public string? Status { get; init; }

    /// <summary>The day it retires, or retired; null when not known.</summary>
    public DateOnly? Retires { get; init; }

    /// <summary>The earliest day it can retire; null when not known.</summary>
    public DateOnly? RetiresNotBefore { get; init; }

    /// <summary>How sure the prices are.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Where the prices come from, in full.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>A remark; null when there is none.</summary>
    public string? Note { get; init; }

    /// <summary>A short name, for example <c>claude-opus-5 anthropic from 2026-07-24</c>.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture, $"{Model} {Provider} from {From:yyyy-MM-dd}");

    /// <summary>Whether a day is in the period.</summary>
    /// <param name="day">The UTC day.</param>
    /// <returns>True from the first day until the day before <see cref="Until"/>.</returns>
    public bool Covers(DateOnly day) => day >= From && (Until is null || day < Until);
}
