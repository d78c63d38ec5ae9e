using CostLedger.Records;

namespace CostReport.Cli.Contexts;

/// <summary>The calls that belong together, oldest first.</summary>
/// <param name="Name">What the application calls it, else the id of its first call.</param>
/// <param name="Turns">The calls; at least one.</param>
/// <param name="Window">The model's context window, in tokens; null when not known.</param>
internal sealed record Conversation(string Name, IReadOnlyList<ContextTurn> Turns, long? Window)
{
    // The rate of the last turns: a conversation may have begun with a large document.
    private const int TurnsOfRate = 8;

    /// <summary>All its calls, also those that are no turn because they failed or only counted tokens.</summary>
    public required IReadOnlyList<CallId> Calls { get; init; }

    /// <summary>The last turn.</summary>
    public ContextTurn Last => Turns[^1];

    /// <summary>The model of the last turn.</summary>
    public string? Model => Last.Call.Model;

    /// <summary>The part of the window that the last turn filled, its answer included; null when the window is not known.</summary>
    public double? Share => Window is > 0 and var window ? (double)(Last.Tokens + (Last.Call.Usage?.OutputTokens ?? 0)) / window : null;

    /// <summary>What a turn adds, in the middle of the last turns; null for a conversation of one turn.</summary>
    public long? Growth
    {
        get
        {
            var steps = new List<long>();
            for (var i = Math.Max(1, Turns.Count - TurnsOfRate); i < Turns.Count; i++)
            {
                steps.Add(Turns[i].Tokens - Turns[i - 1].Tokens);
            }

            steps.Sort();
            return steps.Count == 0 ? null : steps[steps.Count / 2];
        }
    }

    /// <summary>How many more turns fit into the window at this rate; null when that is not known, or the context does not grow.</summary>
    public long? TurnsLeft => Growth is > 0 and var growth && Window is { } window
        ? Math.Max(0, (window - Last.Tokens - (Last.Call.Usage?.OutputTokens ?? 0)) / growth)
        : null;

    /// <summary>What all turns cost together; unpriced ones are not in it.</summary>
    public NanoUsd Cost => Turns.Aggregate(NanoUsd.Zero, (sum, turn) => sum + (turn.Call.Cost.Total ?? NanoUsd.Zero));

    /// <summary>
    /// What the next turn costs if it is like the last: the last turn's cost, its input grown at the rate. Null without a price.
    /// </summary>
    public NanoUsd? NextCost
    {
        get
        {
            if (Last.Call.Cost is not { Total: { } total, ByClass: { } by })
            {
                return null;
            }

            var input = total.Value - by.Output.Value;
            return new NanoUsd(by.Output.Value + (long)(input * ((double)(Last.Tokens + Math.Max(0, Growth ?? 0)) / Last.Tokens)));
        }
    }
}
