namespace MessagesSimulator.Corpus;

/// <summary>A clock that is set by hand.</summary>
public sealed class CorpusClock : TimeProvider
{
    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
