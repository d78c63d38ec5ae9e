namespace CostLedger.Querying.Histories;

/// <summary>Where a call belongs.</summary>
/// <param name="Kind">How it goes on.</param>
/// <param name="Previous">The turn that it continues; null where there is none.</param>
internal readonly record struct Link(TurnKind Kind, Turn? Previous)
{
    /// <summary>The turn that it asks once more.</summary>
    public Turn? Same { get; init; }

    /// <summary>The conversation, where no turn of it is continued.</summary>
    public History? History { get; init; }

    /// <summary>It begins a conversation.</summary>
    public static Link Start => new(TurnKind.Start, null);

    /// <summary>It asks a turn once more, under changed circumstances.</summary>
    public static Link Again(TurnKind kind, Turn turn) => new(kind, turn.Previous) { History = turn.History };
}
