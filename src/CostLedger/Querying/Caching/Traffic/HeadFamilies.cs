namespace CostLedger.Querying.Caching.Traffic;

/// <summary>
/// Finds calls that belong to no conversation and yet have nearly the same before their messages: all but one block, or all in another order.
/// They lose nothing, for they never had it.
/// </summary>
internal sealed class HeadFamilies
{
    // Two can be two tasks; what is ever new is one that changes.
    private const int EnoughHeads = 3;

    // A time, a name or an id changes a text by a few bytes; texts of other lengths are other texts.
    private const long FewBytes = 64;
    private const int PartOfBytes = 50;

    private readonly CacheTraffic _traffic;
    private readonly Dictionary<(int Cache, int Node), Head> _heads = [];
    private readonly Dictionary<Key, Family> _families = [];
    private readonly HashSet<int> _seen = [];
    private readonly Dictionary<int, int> _branches = [];

    private HeadFamilies(CacheTraffic traffic) => _traffic = traffic;

    /// <summary>The calls, oldest first.</summary>
    public static IReadOnlyList<HeadChange> Of(CacheTraffic traffic)
    {
        var families = new HeadFamilies(traffic);
        var calls = traffic.Calls.Select(c => (Call: c, Mark: families.MarkOf(c))).Where(c => c.Mark != TrafficCall.NoNode).ToList();
        foreach (var (call, _) in calls)
        {
            families.Count(call);
        }

        foreach (var (key, head) in families._heads)
        {
            families.Sort(key.Cache, key.Node, head);
        }

        return [.. calls.Select(c => families.Send(c.Call, c.Mark)).OfType<HeadChange>()];
    }

    // The last breakpoint before the messages: what is marked behind them ends with the call.
    private int MarkOf(TrafficCall call)
    {
        var head = call.Leaf == TrafficCall.NoNode ? TrafficCall.NoNode : _traffic.Tree.HeadOf(call.Leaf);
        return head == TrafficCall.NoNode ? head : call.Marks.LastOrDefault(m => _traffic.Tree.DepthOf(m) <= _traffic.Tree.DepthOf(head), TrafficCall.NoNode);
    }

    private void Count(TrafficCall call)
    {
        var node = _traffic.Tree.HeadOf(call.Leaf);
        if (_heads.TryAdd((call.Cache, node), new Head()))
        {
            for (; node != TrafficCall.NoNode && _seen.Add(node); node = _traffic.Tree.ParentOf(node))
            {
                var parent = _traffic.Tree.ParentOf(node);
                _branches[parent] = _branches.GetValueOrDefault(parent) + 1;
            }
        }
    }

    // Heads that differ in one block have different ones behind the same: only there can it be.
    private void Sort(int cache, int node, Head head)
    {
        var blocks = _traffic.Tree.HeadBlocks(node);
        head.Order = FamilyOf(Reordered(cache, blocks));
        var rest = 0UL;
        for (var i = blocks.Count - 1; i >= 0; i--)
        {
            var before = _traffic.Tree.ParentOf(blocks[i].Node);
            if (_branches[before] >= EnoughHeads)
            {
                var family = FamilyOf(new Key(cache, before, rest, blocks[i].IsTool));
                family.Heads++;
                head.Places.Add(new Place(family, i, blocks[i].Bytes));
            }

            rest = Mix(rest, blocks[i]);
        }
    }

    private HeadChange? Send(TrafficCall call, int mark)
    {
        var node = _traffic.Tree.HeadOf(call.Leaf);
        var head = _heads[(call.Cache, node)];
        var isNew = !head.IsSent;
        head.IsSent = true;
        var marked = _traffic.Tree.DepthOf(mark);
        var isReordered = head.Order?.Send(call, node, 0) is not null;
        var place = head.Places.Where(p => p.Index < marked && p.Family.Heads >= EnoughHeads).MaxBy(p => p.Family.Heads);
        var isChanged = place?.Family.Send(call, node, place.Bytes) is { } bytes && isNew && Math.Abs(bytes - place.Bytes) <= FewBytes + (bytes / PartOfBytes);
        var saved = SavedOf(call, mark);
        return saved <= 0 || call.Lost is not null ? null
            : isReordered ? new HeadChange(call, "tools_reordered", null, saved)
            : isChanged && place is not null ? ChangeOf(call, _traffic.Tree.HeadBlocks(node), place.Index, saved)
            : null;
    }

    private static HeadChange ChangeOf(TrafficCall call, List<HeadBlock> blocks, int index, decimal saved)
    {
        var block = blocks[index];
        var item = blocks.Take(index).Count(b => b.IsTool == block.IsTool);
        return !block.IsTool ? new HeadChange(call, "system_changed", $"system[{item}]", saved)
            : new HeadChange(call, "tools_changed", block.Tool is { } name ? $"tools[{item}] \"{name}\"" : $"tools[{item}]", saved);
    }

    private decimal SavedOf(TrafficCall call, int mark)
    {
        var tokens = _traffic.Tree.TokensOf(call, mark);
        return call.Prices is not { } prices || tokens < prices.Minimum
            ? 0
            : Math.Min(tokens - call.Read, call.Written5m + call.Written1h) * ((call.Written1h > 0 ? prices.Write1h : prices.Write5m) - prices.Read);
    }

    private Family FamilyOf(Key key) => _families.TryGetValue(key, out var family) ? family : _families[key] = new Family();

    // Whatever the order, the sum is the same.
    private static Key Reordered(int cache, List<HeadBlock> blocks)
    {
        var (tools, system) = (0UL, 0UL);
        foreach (var block in blocks)
        {
            tools += block.IsTool ? Mix(0, block) : 0;
            system = block.IsTool ? system : Mix(system, block);
        }

        return new Key(cache, blocks.Count, tools ^ Mix(system, default), false, IsOrder: true);
    }

    // Any odd number with bits everywhere: what is mixed are keyed hashes already.
    private static ulong Mix(ulong before, in HeadBlock block) => ((before ^ block.Segment) + (block.IsTool ? 1u : 2u)) * 0x9E3779B97F4A7C15;

    private readonly record struct Key(int Cache, int Before, ulong Rest, bool IsTool, bool IsOrder = false);

    private sealed record Place(Family Family, int Index, long Bytes);

    private sealed class Head
    {
        public List<Place> Places { get; } = [];

        public Family? Order { get; set; }

        public bool IsSent { get; set; }
    }

    /// <summary>Heads that differ in one place, or in the order of tools.</summary>
    private sealed class Family
    {
        private int _last = TrafficCall.NoNode;
        private long _bytes;
        private DateTimeOffset _readableAt;
        private DateTimeOffset _ends;

        public int Heads { get; set; }

        /// <summary>Sends a call of the family.</summary>
        /// <returns>The length of what stood in the place in the call before, where that was another and could still be read; else null.</returns>
        public long? Send(TrafficCall call, int head, long bytes)
        {
            var isAlive = _last != TrafficCall.NoNode && call.Start < _ends;
            var other = isAlive && _last != head && _readableAt <= call.Start ? _bytes : default(long?);
            var lifetime = call.Written1h > 0 ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);
            (_last, _bytes) = (head, bytes);
            _readableAt = isAlive && _readableAt < call.ReadableAt ? _readableAt : call.ReadableAt;
            _ends = call.Start + lifetime;
            return other;
        }
    }
}
