namespace MessagesSimulator.Models;

/// <summary>The models the simulator serves, with the documented limits; figures that nobody published are guesses and say so.</summary>
internal static class ModelCatalog
{
    private const int Million = 1_000_000;
    private const int Unpublished = 1024;
    private const int Prompt = 354; // Nobody published what tools cost on the newest models: the figures of Sonnet 5.
    private const int Forced = 474;

    private static readonly ModelCard[] s_cards =
    [
        new("claude-fable-5-2", Million, 128_000, 512, Prompt, Forced),
        new("claude-fable-5-1", Million, 128_000, 512, Prompt, Forced),
        new("claude-fable-5", Million, 128_000, 512, Prompt, Forced),
        new("claude-mythos-5-2", Million, 128_000, 512, Prompt, Forced),
        new("claude-mythos-5-1", Million, 128_000, 512, Prompt, Forced),
        new("claude-mythos-5", Million, 128_000, 512, Prompt, Forced),
        new("claude-opus-5-5", Million, 128_000, Unpublished, Prompt, Forced, DefaultEffort: "medium"),
        new("claude-opus-5", Million, 128_000, 512, 286, 406),
        new("claude-opus-4-8", Million, 128_000, 1024, 290, 410),
        new("claude-opus-4-7", Million, 128_000, 2048, 675, 804),
        new("claude-opus-4-6", Million, 128_000, 4096, 497, 589),
        new("claude-opus-4-5-20251101", 200_000, 64_000, 4096, 496, 588, KnowsGeography: false),
        new("claude-opus-4-1-20250805", 200_000, 32_000, 1024, 313, 315, KnowsGeography: false) { ForgetsThinking = true },
        new("claude-sonnet-5-5", Million, 128_000, Unpublished, Prompt, Forced),
        new("claude-sonnet-5", Million, 128_000, 1024, 354, 474),
        new("claude-sonnet-4-6", Million, 128_000, 1024, 497, 589),
        new("claude-sonnet-4-5-20250929", 200_000, 64_000, 1024, 496, 588, KnowsGeography: false) { ForgetsThinking = true },
        new("claude-haiku-5-5", Million, 128_000, 512, Prompt, Forced, DefaultEffort: "medium") { ForgetsThinking = true },
        new("claude-haiku-4-5-20251001", 200_000, 64_000, 4096, 496, 588, KnowsGeography: false) { ForgetsThinking = true },
        new("claude-3-5-haiku-20241022", 200_000, 8_000, 2048, 264, 355, KnowsGeography: false) { ForgetsThinking = true, LimitsCacheReads = true },
    ];

    /// <summary>Finds a model by its id or its alias without a date; any other <c>claude-…</c> is served with plain limits.</summary>
    /// <param name="requested">The id in the request.</param>
    /// <returns>The model; null when there is none of that name.</returns>
    public static ModelCard? Find(string requested) =>
        s_cards.FirstOrDefault(card => string.Equals(card.Id, requested, StringComparison.Ordinal))
        ?? s_cards.FirstOrDefault(card => IsAlias(requested, card.Id))
        ?? (requested.StartsWith("claude-", StringComparison.Ordinal)
            ? new ModelCard(requested, 200_000, 64_000, Unpublished, Prompt, Forced)
            : null);

    private static bool IsAlias(string requested, string id) =>
        id.Length == requested.Length + "-20251001".Length
        && id.StartsWith(requested, StringComparison.Ordinal)
        && id[requested.Length] == '-'
        && id[(requested.Length + 1)..].All(char.IsAsciiDigit);
}
