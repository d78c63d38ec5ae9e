namespace MessagesSimulator.Corpus;

/// <summary>A conversation whose last request is disturbed in one way, and what is to be said of it.</summary>
/// <param name="Name">Mutation, strategy of the breakpoints, model and seed.</param>
/// <param name="Mutation">The name of the mutation; empty: undisturbed.</param>
/// <param name="Model">The model of the conversation.</param>
/// <param name="Requests">The requests, in the order of their starts.</param>
/// <param name="Control">The same conversation without the mutation: its last request reads what it should.</param>
/// <param name="Label">What is to be said of the last request.</param>
public sealed record CorpusCase(
    string Name,
    string Mutation,
    string Model,
    IReadOnlyList<CorpusRequest> Requests,
    IReadOnlyList<CorpusRequest> Control,
    CorpusLabel Label)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
