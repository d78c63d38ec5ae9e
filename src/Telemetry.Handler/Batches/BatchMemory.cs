namespace Telemetry.Handler.Batches;

/// <summary>
/// What this process has seen of batches and what their results do not tell: when they ended, since who reads results has usually
/// asked before whether they are there, and which model was asked for. The oldest are forgotten.
/// </summary>
internal sealed class BatchMemory
{
    /// <summary>The most batches.</summary>
    public const int MaxBatches = 4_096;

    // Clocks differ by less; results are kept for a month.
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);
    private static readonly TimeSpan Behind = TimeSpan.FromDays(366);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Known> _batches = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>The process's own: a batch may be looked at by one client and its results be read by another.</summary>
    public static BatchMemory Shared { get; } = new();

    /// <summary>Takes note of a batch that has ended; of another there is nothing to note.</summary>
    public void Saw(BatchFacts batch)
    {
        if (batch.EndedAt is { } endedAt)
        {
            lock (_gate)
            {
                Keep_NeedsLock(batch.Id, known => known with { EndedAt = endedAt });
            }
        }
    }

    /// <summary>Takes note of the model that all requests of a batch ask for.</summary>
    public void Created(string batch, string model)
    {
        lock (_gate)
        {
            Keep_NeedsLock(batch, known => known with { Model = model });
        }
    }

    /// <summary>The model that all requests of a batch ask for; null where that is not known.</summary>
    public string? ModelOf(string batch)
    {
        lock (_gate)
        {
            return _batches.GetValueOrDefault(batch).Model;
        }
    }

    /// <summary>When a batch ended.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="otherwise">The answer where it was not seen to end, or where that cannot be: about now.</param>
    public DateTimeOffset EndOf(string batch, DateTimeOffset otherwise)
    {
        lock (_gate)
        {
            return _batches.GetValueOrDefault(batch).EndedAt is { } at && at < otherwise + Ahead && at > otherwise - Behind ? at : otherwise;
        }
    }

    private void Keep_NeedsLock(string batch, Func<Known, Known> change)
    {
        if (!_batches.TryGetValue(batch, out var known))
        {
            _order.Enqueue(batch);
        }

        _batches[batch] = change(known);
        if (_order.Count > MaxBatches)
        {
            _batches.Remove(_order.Dequeue());
        }
    }

    private readonly record struct Known(DateTimeOffset? EndedAt, string? Model);
}
