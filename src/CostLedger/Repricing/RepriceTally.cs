using CostLedger.Records;

namespace CostLedger.Repricing;

/// <summary>Counts what repricing changes. Keeps a bounded number of examples.</summary>
/// <param name="version">The version of the price list used.</param>
internal sealed class RepriceTally(string version)
{
    private const int MaxExamples = 3;
    private const int MaxUnreadable = 20;

    private readonly Dictionary<(string? Model, RepriceCause Cause), Group> _groups = [];
    private readonly List<CallId> _unreadable = [];
    private long _attempts;
    private long _unreadableCount;
    private long _written;
    private long _overtaken;

    public void Add(CallRecord record, CallCost cost, RepriceCause cause, string? reason)
    {
        _attempts++;
        var key = (record.Model, cause);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new Group());
        }

        group.Attempts++;
        group.Before += record.Cost.Total ?? NanoUsd.Zero;
        group.After += cost.Total ?? NanoUsd.Zero;
        if (cause != RepriceCause.Same && group.Examples.Count < MaxExamples)
        {
            group.Examples.Add(new RepriceExample(record.Id, record.Cost, cost, reason));
        }
    }

    public void AddUnreadable(CallId id)
    {
        _attempts++;
        _unreadableCount++;
        if (_unreadable.Count < MaxUnreadable)
        {
            _unreadable.Add(id);
        }
    }

    public void AddWritten(int written, int wanted)
    {
        _written += written;
        _overtaken += wanted - written;
    }

    public RepriceReport ToReport() => new()
    {
        PriceVersion = version,
        Attempts = _attempts,
        Groups =
        [
            .. _groups
                .Select(group => new RepriceGroup(
                    group.Key.Model, group.Key.Cause, group.Value.Attempts, group.Value.Before, group.Value.After, group.Value.Examples))
                .OrderBy(group => group.Cause == RepriceCause.Same)
                .ThenByDescending(group => Math.Abs((group.After - group.Before).Value))
                .ThenBy(group => group.Model, StringComparer.Ordinal)
                .ThenBy(group => group.Cause),
        ],
        Unreadable = _unreadableCount,
        UnreadableIds = _unreadable,
        Written = _written,
        Overtaken = _overtaken,
    };

    private sealed class Group
    {
        public long Attempts { get; set; }

        public NanoUsd Before { get; set; }

        public NanoUsd After { get; set; }

        public List<RepriceExample> Examples { get; } = [];
    }
}
