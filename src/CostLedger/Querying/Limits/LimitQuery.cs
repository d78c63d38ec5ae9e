using System.IO.Enumeration;
using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Querying.Limits;

/// <summary>One question to <see cref="LimitQueries.Limits"/>.</summary>
/// <param name="filter">The period, the models and the providers.</param>
/// <param name="now">The present.</param>
internal sealed class LimitQuery(CallFilter filter, DateTimeOffset now)
{
    private const long MostPoints = 1440;

    /// <summary>The time whose use makes the present rate.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly DateTimeOffset _asOf = filter.Until is { } until && until < now ? until : now;

    public LimitReport Run(LedgerConnection connection)
    {
        using var snapshot = connection.BeginSnapshot();
        using var strings = new StringTable(connection);
        var first = Math.Max(
            filter.Since is { } since ? since.ToUnixTimeSeconds() / 60 : 0,
            connection.Scalar("SELECT min(minute) FROM (SELECT (SELECT min(minute) FROM limit_points WHERE series = id) AS minute FROM limit_series)"));

        // The minute that the end lies in belongs to it, but for an end on the minute.
        var last = (_asOf.ToUnixTimeMilliseconds() + 59_999) / 60_000;
        var step = Math.Max(1, (last - first + MostPoints - 1) / MostPoints);
        var use = LimitUse.Read(connection, _asOf - Window, _asOf);
        var series = ReadSeries(connection, strings, first, last, step, use);
        series.Sort(Compare);
        return new LimitReport(
            _asOf,
            TimeSpan.FromMinutes(step),
            series,
            Throttling.Read(connection, FilterCompiler.Compile(connection, filter with { Until = _asOf }), strings));
    }

    private List<LimitSeries> ReadSeries(LedgerConnection connection, StringTable strings, long first, long last, long step, LimitUse use)
    {
        using var all = connection.Prepare("SELECT id, provider, host, scope, model, kind FROM limit_series ORDER BY id");
        using var points = connection.Prepare("""
            SELECT minute, max_value, lowest, remaining, observed_us, resets_us FROM limit_points
            WHERE series = ?1 AND minute >= ?2 AND minute < ?3 ORDER BY minute
            """);
        var found = new List<LimitSeries>();
        while (all.Step())
        {
            var holder = new LimitUse.Holder((Provider)all.Int64(1), all.Int64(2), all.Int64(3), all.Int64(4));
            var series = new LimitSeries
            {
                Provider = holder.Provider,
                Host = strings[holder.Host],
                Scope = strings[holder.Scope],
                Model = strings[holder.Model],
                Kind = all.Text(5) ?? "",
                Points = [],
                Whole = new LimitPoint(default, null, null, default, null, default, null),
                Forecast = new LimitForecast(ForecastKind.Unknown, 0, 0, 0, 0, Window, null),
            };
            if (Matches(series))
            {
                points.Bind(1, all.Int64(0));
                points.Bind(2, first);
                points.Bind(3, last);
                var reader = new SeriesReader(Window, step);
                reader.Read(points, _asOf);
                points.Reset();
                found.AddRange(With(series, reader, use.PerMinute(holder, series.Kind)));
            }
        }

        return found;
    }

    private IEnumerable<LimitSeries> With(LimitSeries series, SeriesReader reader, double ofCalls)
    {
        if (reader.Whole is { } whole)
        {
            var ofLimit = reader.Last is [var begin, _, ..]
                ? Bucket.LeastUsed(reader.Last) / Math.Max(1, (_asOf - begin.ObservedAt).TotalMinutes)
                : 0;
            yield return series with
            {
                Points = reader.Points,
                Whole = whole,
                RemainingNow = Bucket.RemainingAt(whole, _asOf),
                Forecast = Bucket.Forecast(whole, _asOf, ofCalls, ofLimit, Window),
            };
        }
    }

    private bool Matches(LimitSeries series) =>
        (filter.Providers.Count == 0 || filter.Providers.Contains(series.Provider))
        && (filter.Models.Count == 0 || (series.Model is { } model && filter.Models.Any(m => FileSystemName.MatchesSimpleExpression(m, model, ignoreCase: true))));

    private static int Compare(LimitSeries left, LimitSeries right)
    {
        var order = (left.Forecast.RunsOutAt ?? DateTimeOffset.MaxValue).CompareTo(right.Forecast.RunsOutAt ?? DateTimeOffset.MaxValue);
        order = order != 0 ? order : (left.ShareNow ?? 2).CompareTo(right.ShareNow ?? 2);
        order = order != 0 ? order : (left.Whole.LowestShare ?? 2).CompareTo(right.Whole.LowestShare ?? 2);
        order = order != 0 ? order : string.CompareOrdinal(left.Model, right.Model);
        order = order != 0 ? order : string.CompareOrdinal(left.Kind, right.Kind);
        order = order != 0 ? order : left.Provider.CompareTo(right.Provider);
        order = order != 0 ? order : string.CompareOrdinal(left.Host, right.Host);
        return order != 0 ? order : string.CompareOrdinal(left.Scope, right.Scope);
    }
}
