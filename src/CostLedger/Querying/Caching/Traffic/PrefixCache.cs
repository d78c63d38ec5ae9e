namespace CostLedger.Querying.Caching.Traffic;

/// <summary>
/// What a cache would hold if calls marked certain blocks: what of each call would be read and written. The calls come in the
/// order of time.
/// </summary>
/// <param name="tree">The prompts.</param>
/// <param name="lifetime">How long what is written, or was last read, can be read.</param>
internal sealed class PrefixCache(PromptTree tree, TimeSpan lifetime)
{
    // From each breakpoint, its own position included.
    private const int Lookback = 20;

    private readonly Dictionary<(int Cache, int Node), Entry> _entries = [];

    /// <summary>Sends a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="marks">The blocks that it would mark, the deepest last.</param>
    /// <returns>The deepest block that is read; <see cref="TrafficCall.NoNode"/> where nothing is.</returns>
    public int Send(TrafficCall call, IReadOnlyList<int> marks)
    {
        var read = Find(call, marks);
        var depth = read == TrafficCall.NoNode ? 0 : tree.DepthOf(read);
        if (read != TrafficCall.NoNode)
        {
            Renew((call.Cache, read), call);
        }

        foreach (var mark in marks)
        {
            if (tree.DepthOf(mark) > depth || _entries.ContainsKey((call.Cache, mark)))
            {
                Renew((call.Cache, mark), call);
            }
        }

        return read;
    }

    private int Find(TrafficCall call, IReadOnlyList<int> marks)
    {
        for (var i = marks.Count - 1; i >= 0; i--)
        {
            var node = marks[i];
            for (var step = 0; step < Lookback && node != TrafficCall.NoNode; step++, node = tree.ParentOf(node))
            {
                if (_entries.TryGetValue((call.Cache, node), out var entry) && entry.ReadableAt <= call.Start && call.Start < entry.Ends)
                {
                    return node;
                }
            }
        }

        return TrafficCall.NoNode;
    }

    // What lives is only prolonged; what has ended is written anew.
    private void Renew((int, int) key, TrafficCall call)
    {
        var isAlive = _entries.TryGetValue(key, out var entry) && call.Start < entry.Ends;
        _entries[key] = new Entry(isAlive ? entry.ReadableAt : call.ReadableAt, call.Start + lifetime);
    }

    private readonly record struct Entry(DateTimeOffset ReadableAt, DateTimeOffset Ends);
}
