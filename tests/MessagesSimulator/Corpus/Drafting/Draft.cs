using System.Text.Json.Nodes;

namespace MessagesSimulator.Corpus.Drafting;

/// <summary>A request while it is being made.</summary>
internal sealed record Draft
{
    /// <summary>The body without breakpoints.</summary>
    public required JsonObject Body { get; init; }

    public required Marking Marking { get; init; }

    public TimeSpan At { get; init; }

    public TimeSpan AnswerAfter { get; init; } = TimeSpan.FromSeconds(1);

    public bool IsOtherKey { get; init; }

    public string? Workspace { get; init; }

    public string Betas { get; init; } = "";

    public int EvictsBefore { get; init; }

    public int Conceals { get; init; }

    public JsonArray Tools => Body["tools"]?.AsArray() ?? [];

    public JsonArray System => Body["system"]!.AsArray();

    public JsonArray Messages => Body["messages"]!.AsArray();

    public Draft Copy() => this with { Body = Body.DeepClone().AsObject() };

    /// <summary>The body with its breakpoints.</summary>
    /// <returns>A copy.</returns>
    public JsonObject Render()
    {
        var body = Body.DeepClone().AsObject();
        Marker.Mark(body, Marking);
        return body;
    }
}
