namespace MessagesSimulator.Scripting;

/// <summary>How fast an answer comes. Waits are made on the server's clock, so a fake clock must be moved for them.</summary>
public sealed record StreamPace
{
    /// <summary>As fast as it goes.</summary>
    public static StreamPace Unlimited { get; } = new();

    /// <summary>The wait before the headers.</summary>
    public TimeSpan BeforeHeaders { get; init; }

    /// <summary>The wait before the first event, after the headers.</summary>
    public TimeSpan BeforeFirstEvent { get; init; }

    /// <summary>The wait before every later event.</summary>
    public TimeSpan BetweenEvents { get; init; }

    /// <summary>The tokens of a delta.</summary>
    public int TokensPerDelta { get; init; } = 4;

    /// <summary>The most bytes that are written at once; 0: an event at once. Smaller writes cut events and characters in two.</summary>
    public int BytesPerWrite { get; init; }
}
