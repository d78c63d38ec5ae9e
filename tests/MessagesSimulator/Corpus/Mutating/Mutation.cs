using MessagesSimulator.Corpus.Drafting;

namespace MessagesSimulator.Corpus.Mutating;

/// <summary>One way in which a cache breaks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">What a diagnosis is to say.</param>
/// <param name="Apply">Disturbs the last request of a conversation; false: this one cannot be disturbed so.</param>
internal sealed record Mutation(string Name, string Reason, Func<Disturbance, bool> Apply)
{
    private static readonly Marking[] s_usual =
    [
        Marking.Automatic, Marking.LastMessage, Marking.System, Marking.SystemAndLastMessage, Marking.HourSystemAndLastMessage,
        Marking.HourSystemAndHourLastMessage, Marking.ToolsSystemAndTwoMessages,
    ];

    /// <summary>Where clients set breakpoints.</summary>
    public static IReadOnlyList<Marking> Usual => s_usual;

    /// <summary>The breakpoints of the conversations that it can disturb.</summary>
    public IReadOnlyList<Marking> Markings { get; init; } = s_usual;

    /// <summary>The models whose conversations it can disturb; null: all.</summary>
    public Func<CorpusModel, bool>? Models { get; init; }

    /// <summary>Whether the conversation is to be shorter than what its model caches.</summary>
    public bool IsSmall { get; init; }
}
