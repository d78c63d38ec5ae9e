using System.Text;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Tries;
using Telemetry.Handler.ToolRounds;

namespace Telemetry.Handler.Tests.ToolRounds;

/// <summary>Reads requests as the handler does.</summary>
internal sealed class ToolReading : IDisposable
{
    private readonly PromptTrie _trie = new(Encoding.UTF8.GetBytes("a key of thirty-two bytes, or so."), PromptTrie.DefaultMemoryBytes, TimeProvider.System);
    private readonly ToolReader _reader = new();

    /// <summary>What the last reading of tools allocated, in bytes.</summary>
    public long Allocated { get; private set; }

    public ToolReadout Read(byte[] body, int threshold = 3)
    {
        using var reading = _trie.Read(body, new Bytes(), 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var readout = _reader.Read(reading.Prompt, body, reading.Chains, reading.Hasher, threshold);
        Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return readout;
    }

    public ToolReadout Read(ToolBody body, int threshold = 3) => Read(body.ToBytes(), threshold);

    public void Dispose()
    {
        _reader.Dispose();
        _trie.Dispose();
    }

    private sealed class Bytes : ISegmentCounter
    {
        public int Count(in Segment segment, ReadOnlySpan<byte> text) => text.Length;
    }
}
