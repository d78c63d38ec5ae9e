using System.Collections.Concurrent;

namespace Telemetry.Handler.Prompting;

/// <summary>How long the last answers of each model were. Thread-safe and bounded.</summary>
internal sealed class OutputHistory
{
    /// <summary>Fewer answers than these say nothing.</summary>
    public const int Fewest = 5;

    private const int Kept = 64;
    private const int MostModels = 64;
    private const double Low = 0.1;
    private const double High = 0.9;

    private readonly ConcurrentDictionary<string, Ring> _models = new(StringComparer.Ordinal);

    /// <summary>Learns from an answer.</summary>
    public void Add(string model, long outputTokens)
    {
        var ring = _models.Count < MostModels ? _models.GetOrAdd(model, static _ => new Ring()) : _models.GetValueOrDefault(model);
        ring?.Add(outputTokens);
    }

    /// <summary>The expected output.</summary>
    /// <param name="model">The model.</param>
    /// <param name="maxTokens">The request's limit; null when not known.</param>
    /// <returns>Nothing but the limit while there were too few answers.</returns>
    public OutputExpectation Expect(string model, long? maxTokens)
    {
        if (!_models.TryGetValue(model, out var ring) || ring.Sorted() is not { Length: >= Fewest } sorted)
        {
            return new OutputExpectation(null, null, maxTokens);
        }

        var most = maxTokens ?? long.MaxValue;
        long At(double part) => Math.Min(most, sorted[(int)Math.Round(part * (sorted.Length - 1))]);
        return new OutputExpectation(At(0.5), At(Low), At(High));
    }

    private sealed class Ring
    {
        private readonly long[] _outputs = new long[Kept];
        private readonly Lock _gate = new();
        private int _count;
        private int _next;

        public void Add(long tokens)
        {
            lock (_gate)
            {
                _outputs[_next] = tokens;
                _next = (_next + 1) % Kept;
                _count = Math.Min(_count + 1, Kept);
            }
        }

        public long[] Sorted()
        {
            lock (_gate)
            {
                var sorted = _outputs.AsSpan(0, _count).ToArray();
                Array.Sort(sorted);
                return sorted;
            }
        }
    }
}
