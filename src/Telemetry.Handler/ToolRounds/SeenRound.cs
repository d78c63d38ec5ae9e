namespace Telemetry.Handler.ToolRounds;

/// <summary>A tool's call and its result in a prompt. Holds no content.</summary>
internal readonly record struct SeenRound
{
    /// <summary>The tool, by the place of its name among those of the prompt.</summary>
    public required int Tool { get; init; }

    /// <summary>Keyed hash of the arguments, their members in order.</summary>
    public required UInt128 Arguments { get; init; }

    /// <summary>Keyed hash of the result.</summary>
    public required UInt128 Result { get; init; }

    /// <summary>Whether the result is an error.</summary>
    public bool IsError { get; init; }

    /// <summary>Whether the provider ran the tool. Its results hold ids and cannot be compared.</summary>
    public bool IsServer { get; init; }

    /// <summary>How often the user spoke after the call: rounds of one number stand together.</summary>
    public int Run { get; init; }

    /// <summary>The segment of the call.</summary>
    public int Use { get; init; }

    /// <summary>The segment of the result.</summary>
    public int ResultAt { get; init; }

    /// <summary>The message of the call: those of one message were asked for at once.</summary>
    public int Answer { get; init; }

    /// <summary>The message of the result.</summary>
    public int Message { get; init; }

    /// <summary>Whether another round is the same call.</summary>
    public bool IsSameCall(in SeenRound other) => Tool == other.Tool && Arguments == other.Arguments;
}
