using System.Collections.Concurrent;
using CostLedger.Records.Prompts;
using CostLedger.Writing;
using Telemetry.Handler.Segments.Reading;

namespace Telemetry.Handler.Segments.Tries;

/// <summary>
/// Reads requests' prompts with a memory: only what no earlier request had is tokenized, and only what the ledger may not have is
/// sent to it. Hashing goes over all bytes. Thread-safe; what one reading needs is pooled.
/// </summary>
internal sealed class PromptTrie : IDisposable
{
    /// <summary>The bytes of memory where nobody chose: about 170,000 segments and as many nodes.</summary>
    public const long DefaultMemoryBytes = 16 * 1024 * 1024;

    // A prompt of so many segments is rare enough to be read with new buffers.
    private const int MostSegmentsPooled = 16 * 1024;

    private readonly byte[] _key;
    private readonly ConcurrentBag<PromptReading> _pool = [];
    private readonly int _mostPooled = 2 * Environment.ProcessorCount;

    /// <param name="key">The key of the hashes; secret, the same in all processes of a ledger.</param>
    /// <param name="memoryBytes">The most bytes to remember segments and nodes in.</param>
    /// <param name="clock">The clock.</param>
    public PromptTrie(ReadOnlySpan<byte> key, long memoryBytes, TimeProvider clock)
    {
        _key = key.ToArray();
        Memory = new PromptMemory(memoryBytes, clock);
    }

    /// <summary>What is remembered.</summary>
    public PromptMemory Memory { get; }

    /// <summary>Reads a request's prompt.</summary>
    /// <param name="body">The body.</param>
    /// <param name="counter">Counts the segments that are not known.</param>
    /// <param name="tokenizer">The counter's number; counters that count differently have different ones.</param>
    /// <returns>The prompt; give it back by disposing it.</returns>
    public PromptReading Read(ReadOnlySpan<byte> body, ISegmentCounter counter, byte tokenizer)
    {
        var reading = _pool.TryTake(out var pooled) ? pooled : new PromptReading(this, _key);
        reading.Read(body, counter, tokenizer);
        return reading;
    }

    /// <summary>Tells what became of a record, so that its nodes are not sent again.</summary>
    /// <param name="path">The record's path.</param>
    /// <param name="outcome">What became of it.</param>
    public void Confirm(PromptPath path, WriteOutcome outcome) => Memory.Confirm(path, outcome);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_pool.TryTake(out var reading))
        {
            reading.Close();
        }
    }

    /// <summary>One prompt as it was read. For one thread at a time; not to be used after it was disposed.</summary>
    internal sealed class PromptReading : IDisposable
    {
        private readonly PromptTrie _trie;
        private readonly SegmentHasher _hasher;
        private readonly SegmentReader _reader;
        private readonly KnownSegments _known;
        private readonly PathBuilder _paths;

        public PromptReading(PromptTrie trie, ReadOnlySpan<byte> key)
        {
            _trie = trie;
            _hasher = new SegmentHasher(key);
            _reader = new SegmentReader(_hasher);
            _known = new KnownSegments(trie.Memory);
            _paths = new PathBuilder(_hasher, trie.Memory);
        }

        /// <summary>The hasher that the segments were hashed with; for the thread that reads alone.</summary>
        public SegmentHasher Hasher => _hasher;

        /// <summary>The prompt, its segments counted.</summary>
        public SegmentedPrompt Prompt { get; } = new();

        /// <summary>What a record carries of it; null for a prompt that is not told in full. Stays when the reading is given back.</summary>
        public PromptPath? Path { get; private set; }

        /// <summary>The hashes of the prompt's prefixes, each with the segment of its number; empty without a <see cref="Path"/>.</summary>
        public ReadOnlySpan<UInt128> Chains => _paths.Chains;

        /// <summary>The bytes of text that had to be tokenized.</summary>
        public long CountedBytes => _known.CountedBytes;

        /// <inheritdoc/>
        public void Dispose()
        {
            // Nothing of a prompt that broke off is worth keeping.
            var isWhole = !Prompt.Faults.HasFlag(SegmentFaults.Malformed);
            if (isWhole && _trie._pool.Count < _trie._mostPooled && Prompt.Segments.Count <= MostSegmentsPooled)
            {
                Path = null;
                Prompt.Clear();
                _trie._pool.Add(this);
            }
            else
            {
                Close();
            }
        }

        public void Read(ReadOnlySpan<byte> body, ISegmentCounter counter, byte tokenizer)
        {
            _known.Begin(counter, tokenizer);
            _reader.Read(body, Prompt, _known);
            Path = _paths.Build(Prompt, body);
        }

        public void Close()
        {
            _reader.Dispose();
            _hasher.Dispose();
        }
    }
}
