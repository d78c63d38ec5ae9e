using CostLedger.Querying.Reading;

namespace CostLedger.Querying.Limits;

/// <summary>Reads one limit's points minute by minute and puts neighbours together, so that any period fits.</summary>
/// <param name="window">The time before the end whose minutes are kept one by one.</param>
/// <param name="step">How many minutes make a point.</param>
internal sealed class SeriesReader(TimeSpan window, long step)
{
    private readonly List<LimitPoint> _points = [];
    private readonly List<LimitPoint> _last = [];
    private long _slot = long.MinValue;

    /// <summary>The points, oldest first.</summary>
    public IReadOnlyList<LimitPoint> Points => _points;

    /// <summary>The minutes within the window before the end.</summary>
    public IReadOnlyList<LimitPoint> Last => _last;

    /// <summary>All points as one; null when there is none.</summary>
    public LimitPoint? Whole { get; private set; }

    /// <summary>Reads them.</summary>
    /// <param name="rows">A statement whose rows are minute, max_value, lowest, remaining, observed_us, resets_us, in the order of time.</param>
    /// <param name="end">The end of the period.</param>
    public void Read(Statement rows, DateTimeOffset end)
    {
        while (rows.Step())
        {
            var minute = rows.Int64(0);
            var start = DateTimeOffset.UnixEpoch.AddMinutes(minute);
            Add(minute / step, new LimitPoint(
                start, rows.Number(1), rows.Number(2), start, rows.Number(3), Time(rows.Int64(4)) ?? start, Time(rows.Number(5))), end);
        }
    }

    private static DateTimeOffset? Time(long? microseconds)
    {
        const long Most = 253_402_300_799_000_000;
        return microseconds is >= 0 and <= Most ? DateTimeOffset.UnixEpoch.AddTicks(microseconds.Value * TimeSpan.TicksPerMicrosecond) : null;
    }

    private void Add(long slot, LimitPoint point, DateTimeOffset end)
    {
        if (slot == _slot)
        {
            _points[^1] = _points[^1].Then(point);
        }
        else
        {
            _points.Add(point);
            _slot = slot;
        }

        Whole = Whole?.Then(point) ?? point;
        if (point.ObservedAt >= end - window)
        {
            _last.Add(point);
        }
    }
}
