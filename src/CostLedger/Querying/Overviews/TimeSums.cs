using CostLedger.Querying.Latency;
using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Overviews;

/// <summary>How long the answers of one group took, as far as <c>calls</c> alone tells. Times are microseconds.</summary>
internal sealed class TimeSums : IGroupSums<TimeSums>
{
    /// <summary>The columns that <see cref="Add(Statement, int)"/> reads, in this order.</summary>
    internal const string Columns = "c.operation, c.outcome, c.duration_us, ifnull(c.first_content_us, -1)";

    /// <summary>How many columns that are.</summary>
    internal const int ColumnCount = 4;

    private readonly Distribution _duration = new();
    private readonly Distribution _firstToken = new();
    private long _failed;
    private long _canceled;

    /// <summary>How long the answer of the statement's current row took; null where none came whole.</summary>
    /// <param name="row">The statement.</param>
    /// <param name="at">The number of the first of <see cref="Columns"/>.</param>
    public static long? AnswerOf(Statement row, int at) =>
        IsGeneration(row, at) && (CallOutcome)row.Int64(at + 1) is (CallOutcome.Success or CallOutcome.Refused) ? row.Int64(at + 2) : null;

    /// <summary>Adds the statement's current row, if it asks for generation.</summary>
    /// <param name="row">The statement.</param>
    /// <param name="at">The number of the first of <see cref="Columns"/>.</param>
    public void Add(Statement row, int at)
    {
        if (!IsGeneration(row, at))
        {
            return;
        }

        switch ((CallOutcome)row.Int64(at + 1))
        {
            case CallOutcome.Success or CallOutcome.Refused:
                AddAnswer(row.Int64(at + 2), row.Int64(at + 3));
                break;
            case CallOutcome.Canceled:
                _canceled++;
                break;
            default:
                _failed++;
                break;
        }
    }

    /// <summary>Adds other sums.</summary>
    public void Add(TimeSums other)
    {
        _duration.Add(other._duration);
        _firstToken.Add(other._firstToken);
        _failed += other._failed;
        _canceled += other._canceled;
    }

    /// <summary>What they come to.</summary>
    public LatencyTotals ToTotals() => new()
    {
        Answers = _duration.Count,
        Failed = _failed,
        Canceled = _canceled,
        Duration = Measured.Time(_duration),
        FirstToken = Measured.Time(_firstToken),
    };

    /// <summary>How many answers took how long, the shortest time first.</summary>
    public IReadOnlyList<DurationCount> Durations() => Measured.Counts(_duration);

    private static bool IsGeneration(Statement row, int at) => (Operation)row.Int64(at) is Operation.Messages or Operation.Converse;

    private void AddAnswer(long duration, long firstToken)
    {
        _duration.Add(duration);
        if (firstToken >= 0)
        {
            _firstToken.Add(firstToken);
        }
    }
}
