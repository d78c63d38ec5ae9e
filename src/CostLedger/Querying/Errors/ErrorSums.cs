using CostLedger.Querying.Latency;
using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Records;
using CostLedger.Rows;

namespace CostLedger.Querying.Errors;

/// <summary>What is known of failed attempts so far.</summary>
internal sealed class ErrorSums : IGroupSums<ErrorSums>
{
    /// <summary>The columns that <see cref="Add(CallId, Statement, int, bool)"/> reads, in this order; c is calls, d is call_details.</summary>
    internal const string Columns =
        "c.outcome, c.operation, c.cost_basis, c.duration_us, c.cost_input + c.cost_output + c.cost_cache_read + c.cost_cache_5m + c.cost_cache_1h + c.cost_server_tools, d.extra";

    private readonly Distribution _duration = new();
    private CallId _first = Selection.End;
    private CallId _last;
    private NanoUsd _cost;
    private long _estimated;
    private long _unpriced;
    private long _withRetryAfter;
    private long _longestRetryAfterUs = -1;
    private long _followed;
    private (long Cost, long DurationUs) _worst = (long.MinValue, 0);

    public long Count { get; private set; }

    /// <summary>The attempt that cost most, and of those the one that took longest.</summary>
    public CallId Worst { get; private set; }

    /// <summary>Adds the statement's current row.</summary>
    /// <param name="id">The attempt's key.</param>
    /// <param name="row">The statement.</param>
    /// <param name="at">The number of the first of <see cref="Columns"/>.</param>
    /// <param name="isFollowed">Whether a later attempt of the same logical call succeeded.</param>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public void Add(CallId id, Statement row, int at, bool isFollowed)
    {
        Count++;
        _followed += isFollowed ? 1 : 0;
        _first = id < _first ? id : _first;
        _last = id > _last ? id : _last;
        var duration = row.Int64(at + 3);
        if ((CallOutcome)row.Int64(at) != CallOutcome.Interrupted && (Operation)row.Int64(at + 1) != Operation.BatchResult)
        {
            _duration.Add(duration);
        }

        var cost = row.Int64(at + 4);
        AddCost((CostBasis)row.Int64(at + 2), cost);
        Consider((cost, duration), id);
        if (ExtraFields.Parse(row.Text(at + 5)).RetryAfterUs is { } retryAfter)
        {
            _withRetryAfter++;
            _longestRetryAfterUs = Math.Max(_longestRetryAfterUs, retryAfter);
        }
    }

    /// <inheritdoc/>
    public void Add(ErrorSums other)
    {
        Count += other.Count;
        _followed += other._followed;
        _first = other._first < _first ? other._first : _first;
        _last = other._last > _last ? other._last : _last;
        _duration.Add(other._duration);
        _cost += other._cost;
        _estimated += other._estimated;
        _unpriced += other._unpriced;
        _withRetryAfter += other._withRetryAfter;
        _longestRetryAfterUs = Math.Max(_longestRetryAfterUs, other._longestRetryAfterUs);
        Consider(other._worst, other.Worst);
    }

    /// <summary>The sums, for those who asked.</summary>
    public ErrorTotals ToTotals() => new()
    {
        Count = Count,
        First = Count > 0 ? _first.Time : null,
        Last = Count > 0 ? _last.Time : null,
        Duration = Measured.Time(_duration),
        Cost = _cost,
        Estimated = _estimated,
        Unpriced = _unpriced,
        WithRetryAfter = _withRetryAfter,
        LongestRetryAfter = _longestRetryAfterUs >= 0 ? Measured.Microseconds(_longestRetryAfterUs) : null,
        FollowedBySuccess = _followed,
    };

    private void AddCost(CostBasis basis, long cost)
    {
        if (basis == CostBasis.Unpriced)
        {
            _unpriced++;
            return;
        }

        _estimated += basis == CostBasis.Estimated ? 1 : 0;
        _cost += new NanoUsd(cost);
    }

    // Of two that are as bad, the later: its request id is the fresher one.
    private void Consider((long Cost, long DurationUs) badness, CallId id)
    {
        var order = badness.CompareTo(_worst);
        if (order > 0 || (order == 0 && id > Worst))
        {
            (_worst, Worst) = (badness, id);
        }
    }
}
