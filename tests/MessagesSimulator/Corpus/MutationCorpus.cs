using MessagesSimulator.Caching;
using MessagesSimulator.Corpus.Mutating;
using MessagesSimulator.Tokens;

namespace MessagesSimulator.Corpus;

/// <summary>
/// Conversations whose cache breaks for a known reason, and conversations whose cache does not. All follow from seeds, and their labels
/// from the documentation: nothing here asks a cache.
/// </summary>
public static class MutationCorpus
{
    private const int FirstSeed = 1000;
    private const int MostSeeds = 400; // For one mutation; few conversations in a row refuse one.

    private static readonly IReadOnlyList<Mutation> s_all =
        [.. DefinitionMutations.All, .. MessageMutations.All, .. SettingMutations.All, .. UseMutations.All];

    /// <summary>How a simulator has to be set up for the labels to hold: tokens are counted by bytes.</summary>
    public static PromptCacheOptions Options { get; } = new() { Tokens = TokenRule.Bytes };

    /// <summary>The names of the mutations.</summary>
    public static IReadOnlyList<string> Mutations { get; } = [.. s_all.Select(mutation => mutation.Name)];

    /// <summary>The disturbed conversations.</summary>
    /// <param name="casesPerMutation">How many of each mutation.</param>
    /// <param name="seed">Other seeds give other conversations.</param>
    /// <returns>The cases, made one by one.</returns>
    public static IEnumerable<CorpusCase> Disturbed(int casesPerMutation = 12, int seed = 0) => s_all.SelectMany((mutation, number) => Enumerable
        .Range(0, MostSeeds)
        .Select(attempt => CaseBuilder.Disturbed(mutation, unchecked((((seed * s_all.Count) + number) * FirstSeed) + attempt)))
        .OfType<CorpusCase>()
        .Take(casesPerMutation));

    /// <summary>Undisturbed conversations.</summary>
    /// <param name="turns">Their requests altogether, at least.</param>
    /// <param name="seed">Other seeds give other conversations.</param>
    /// <returns>The cases, made one by one.</returns>
    public static IEnumerable<CorpusCase> Undisturbed(int turns, int seed = 0)
    {
        var chance = new Random(seed);
        for (var left = turns; left > 0;)
        {
            var next = CaseBuilder.Undisturbed(chance.Next(), chance.Next(3, 13));
            left -= next.Requests.Count;
            yield return next;
        }
    }
}
