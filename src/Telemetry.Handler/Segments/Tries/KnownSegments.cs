namespace Telemetry.Handler.Segments.Tries;

/// <summary>Counts only the segments that were not counted before. For one thread at a time.</summary>
/// <param name="memory">What was counted.</param>
internal sealed class KnownSegments(PromptMemory memory) : ISegmentCounter
{
    private ISegmentCounter? _counter;
    private byte _tokenizer;

    /// <summary>The bytes of text that were given to the tokenizer for the prompt at hand.</summary>
    public long CountedBytes { get; private set; }

    /// <summary>Begins a prompt.</summary>
    /// <param name="counter">Counts what is not known.</param>
    /// <param name="tokenizer">Its number; counters that count differently have different ones.</param>
    public void Begin(ISegmentCounter counter, byte tokenizer) => (_counter, _tokenizer, CountedBytes) = (counter, tokenizer, 0);

    /// <inheritdoc/>
    public int Count(in Segment segment, ReadOnlySpan<byte> text)
    {
        if (memory.TryCount(segment.Hash, _tokenizer, out var tokens) || _counter is null)
        {
            return tokens;
        }

        tokens = _counter.Count(segment, text);
        CountedBytes += text.Length;
        memory.Remember(segment.Hash, _tokenizer, tokens);
        return tokens;
    }
}
