using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;
using CostLedger.Records;

namespace CostLedger.Querying.Latency;

/// <summary>What is known of the latency of one group's rows so far. Times are microseconds.</summary>
internal sealed class LatencySums : IGroupSums<LatencySums>
{
    /// <summary>The columns that <see cref="Add(Statement, int)"/> reads, in this order; c is calls, d is call_details.</summary>
    internal const string Columns =
        "c.outcome, c.duration_us, ifnull(c.first_content_us, -1), ifnull(c.output_tokens, 0), ifnull(d.headers_us, -1), ifnull(d.first_event_us, -1), "
        + "ifnull(d.longest_gap_us, -1), d.is_stream, d.request_bytes, d.response_bytes, ifnull(d.is_connection_reused, -1)";

    /// <summary>Rates are kept in thousandths of a token per second.</summary>
    internal const int RateScale = 1000;

    // What came sooner after the first token was not made in that time.
    private const long LeastGenerationUs = 10_000;
    private const long MicrosecondsPerSecond = 1_000_000;

    public long Streamed { get; private set; }

    public long Failed { get; private set; }

    public long Canceled { get; private set; }

    public Distribution Duration { get; } = new();

    public Distribution Headers { get; } = new();

    public Distribution FirstEvent { get; } = new();

    public Distribution FirstToken { get; } = new();

    public Distribution LongestGap { get; } = new();

    public Distribution Rate { get; } = new();

    public Distribution FailedDuration { get; } = new();

    public long RequestBytes { get; private set; }

    public long ResponseBytes { get; private set; }

    public long ObservedConnections { get; private set; }

    public long ReusedConnections { get; private set; }

    /// <summary>Adds the statement's current row.</summary>
    /// <param name="row">The statement.</param>
    /// <param name="at">The number of the first of <see cref="Columns"/>.</param>
    /// <returns>The answer's duration; null where none came whole.</returns>
    public long? Add(Statement row, int at)
    {
        var duration = row.Int64(at + 1);
        switch ((CallOutcome)row.Int64(at))
        {
            case CallOutcome.Success or CallOutcome.Refused:
                AddAnswer(row, at, duration);
                return duration;
            case CallOutcome.Canceled:
                Canceled++;
                return null;
            case CallOutcome.Interrupted:
                Failed++;
                return null;
            default:
                Failed++;
                FailedDuration.Add(duration);
                return null;
        }
    }

    /// <inheritdoc/>
    public void Add(LatencySums other)
    {
        Streamed += other.Streamed;
        Failed += other.Failed;
        Canceled += other.Canceled;
        Duration.Add(other.Duration);
        Headers.Add(other.Headers);
        FirstEvent.Add(other.FirstEvent);
        FirstToken.Add(other.FirstToken);
        LongestGap.Add(other.LongestGap);
        Rate.Add(other.Rate);
        FailedDuration.Add(other.FailedDuration);
        RequestBytes = RowSums.Sum(RequestBytes, other.RequestBytes);
        ResponseBytes = RowSums.Sum(ResponseBytes, other.ResponseBytes);
        ObservedConnections += other.ObservedConnections;
        ReusedConnections += other.ReusedConnections;
    }

    private static void AddKnown(Distribution distribution, long value)
    {
        if (value >= 0)
        {
            distribution.Add(value);
        }
    }

    private void AddAnswer(Statement row, int at, long duration)
    {
        var firstContent = row.Int64(at + 2);
        var isStream = row.Int64(at + 7) == 1;
        Streamed += isStream ? 1 : 0;
        Duration.Add(duration);
        AddKnown(Headers, row.Int64(at + 4));
        AddKnown(FirstEvent, row.Int64(at + 5));
        AddKnown(FirstToken, isStream ? firstContent : -1);
        AddKnown(LongestGap, row.Int64(at + 6));
        AddKnown(Rate, RateOf(row.Int64(at + 3), isStream, duration, firstContent));
        RequestBytes = RowSums.Sum(RequestBytes, row.Int64(at + 8));
        ResponseBytes = RowSums.Sum(ResponseBytes, row.Int64(at + 9));
        AddConnection(row.Int64(at + 10));
    }

    // Counts are stored as the provider gave them, however absurd: a rate that no number holds is none.
    private static long RateOf(long tokens, bool isStream, long duration, long firstContent)
    {
        var generation = !isStream ? duration : firstContent >= 0 ? duration - firstContent : 0;
        return tokens is > 0 and < int.MaxValue && generation >= LeastGenerationUs
            ? tokens * RateScale * MicrosecondsPerSecond / generation
            : -1;
    }

    private void AddConnection(long reused)
    {
        ObservedConnections += reused >= 0 ? 1 : 0;
        ReusedConnections += reused > 0 ? 1 : 0;
    }
}
