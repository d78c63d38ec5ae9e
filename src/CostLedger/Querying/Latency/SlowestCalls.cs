using CostLedger.Records;

namespace CostLedger.Querying.Latency;

/// <summary>The keys of the answers that took longest. Of two that took as long, the earlier comes first.</summary>
internal sealed class SlowestCalls
{
    /// <summary>How many there are at most.</summary>
    public const int Most = 10;

    private readonly List<(long DurationUs, CallId Id)> _calls = new(Most + 1);

    /// <summary>The keys, the slowest first.</summary>
    public IEnumerable<CallId> Ids => _calls.Select(call => call.Id);

    /// <summary>Whether an answer that took so long may be among them; asked before its key is read.</summary>
    public bool Wants(long durationUs) => _calls.Count < Most || durationUs >= _calls[^1].DurationUs;

    /// <summary>Adds an answer.</summary>
    public void Add(long durationUs, CallId id)
    {
        var place = _calls.FindIndex(call => durationUs > call.DurationUs || (durationUs == call.DurationUs && id < call.Id));
        _calls.Insert(place < 0 ? _calls.Count : place, (durationUs, id));
        if (_calls.Count > Most)
        {
            _calls.RemoveAt(Most);
        }
    }

    /// <summary>Adds the answers of another scan.</summary>
    public void Add(SlowestCalls other) => other._calls.ForEach(call => Add(call.DurationUs, call.Id));
}
