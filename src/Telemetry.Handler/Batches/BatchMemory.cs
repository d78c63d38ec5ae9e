namespace Telemetry.Handler.Batches;

/// <summary>
/// When the batches ended that this process has seen end: who reads results has usually asked before whether they are there. The
/// oldest are forgotten.
/// </summary>
internal sealed class BatchMemory
{
    /// <summary>The most batches.</summary>
    public const int MaxBatches = 4_096;

    // Clocks differ by less; results are kept for a month.
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);
    private static readonly TimeSpan Behind = TimeSpan.FromDays(366);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _endings = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>The process's own: a batch may be looked at by one client and its results be read by another.</summary>
    public static BatchMemory Shared { get; } = new();

    /// <summary>Takes note of a batch. Only ended ones are kept.</summary>
    public void Saw(BatchFacts batch)
    {
        if (batch.EndedAt is not { } endedAt)
        {
            return;
        }

        lock (_gate)
        {
            if (!_endings.ContainsKey(batch.Id))
            {
                _order.Enqueue(batch.Id);
            }

            _endings[batch.Id] = endedAt;
            if (_order.Count > MaxBatches)
            {
                _endings.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>When a batch ended.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="otherwise">The answer where it was not seen to end, or where that cannot be: about now.</param>
    public DateTimeOffset EndOf(string batch, DateTimeOffset otherwise)
    {
        lock (_gate)
        {
            return _endings.TryGetValue(batch, out var at) && at < otherwise + Ahead && at > otherwise - Behind ? at : otherwise;
        }
    }
}
