using CostLedger.Records;
using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.Calls;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Charts.Scales;

namespace CostReport.Cli.Tests.Charts;

/// <summary>Every kind of chart, as it should be and with what could break it.</summary>
internal static class Gallery
{
    private const long Dollar = NanoUsd.PerDollar;
    private const long Second = 1_000_000;
    private const long Cent = Dollar / 100;

    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly string[] s_models = ["claude-opus-5-5", "claude-sonnet-5", "claude-haiku-4-5-20251001", "claude-opus-4-1-20250805"];
    private static readonly string[] s_classes = ["cache reads", "input", "output", "cache writes"];

    public static string Long { get; } = "a very long name " + new string('m', 483);

    public static IReadOnlyList<string> Hostile { get; } = ["</text></svg><script>alert(1)</script>&\"'", "\u202Eevil\u0007\uD800\uFFFF ", "قارئ المستندات 模型 🙂", Long];

    public static IReadOnlyDictionary<string, Func<Chart>> Charts { get; } = new SortedDictionary<string, Func<Chart>>(StringComparer.Ordinal)
    {
        ["columns-two-weeks"] = () => Columns(Days(14), s_models, (b, s) => ((b * 7) + (s * 3) + 2) % 11 * Dollar / 3),
        ["columns-hours-of-a-long-day"] = () => Columns(Hours("2026-10-24T22:00Z", 48), s_classes, (b, s) => ((b * 5) + (s * 7)) % 13 * Cent),
        ["columns-hours-of-a-short-day"] = () => Columns(Hours("2026-03-28T23:00Z", 23), s_classes, (b, s) => ((b * 5) + (s * 7)) % 13 * Cent),
        ["columns-400-days"] = () => Columns(Days(400), s_models, (b, s) => ((b * 13) + (s * 29)) % 97 * Dollar),
        ["columns-weeks"] = () => Columns(Between("2025-09-01T00:00Z", 400, TimeUnit.Week), s_models, (b, s) => ((b * 3) + s) % 17 * Dollar * 1000),
        ["columns-months"] = () => Columns(Between("2024-03-05T00:00Z", 900, TimeUnit.Month), ["claude-opus-5-5"], (b, _) => (b + 1) * 3 * Dollar),
        ["columns-one"] = () => Columns(Days(1), ["claude-opus-5-5"], (_, _) => 3 * Dollar),
        ["columns-all-zero"] = () => Columns(Days(7), ["claude-opus-5-5", "claude-sonnet-5"], (_, _) => 0),
        ["columns-none"] = () => Columns(Days(0), ["claude-opus-5-5"], (_, _) => 0),
        ["columns-gaps"] = () => Columns(Days(30), ["claude-opus-5-5", "claude-sonnet-5"], (b, s) => b % 4 == 1 ? null : (b + s) * Cent),
        ["columns-a-million-times"] = () => Columns(Days(10), ["claude-opus-5-5", "claude-sonnet-5"], (b, s) => b == 4 && s == 0 ? 3_000_000 * Dollar : 3 * Dollar),
        ["columns-negative"] = () => Columns(Days(21), ["saved by reading", "paid for writing"], (b, s) => s == 0 ? (b % 9) * Dollar : -((b * 2) % 7) * Dollar),
        ["columns-thousands-of-series"] = () => Columns(Days(12), [.. Enumerable.Range(0, 3000).Select(i => $"session-{i}")], (b, s) => (3000 - s) * (b + 3) * Cent / 50),
        ["columns-hostile"] = () => Columns(Days(5), Hostile, (b, s) => (b + s + 1) * Dollar),
        ["lines-latency"] = () => Latency(Days(30), (b, p) => b is 9 or 10 or 20 or 22 ? null : (((b * 7) % 5) + 6) * Second * p / 4),
        ["lines-latency-hours"] = () => Latency(Hours("2026-10-24T22:00Z", 25), (b, p) => (((b * 11) % 7) + 3) * Second * p / 9),
        ["lines-one-point"] = () => Latency(Days(1), (_, p) => 4 * Second * p),
        ["lines-lonely-points"] = () => Latency(Days(9), (b, p) => b % 2 == 0 ? (b + 1) * Second * p : null),
        ["lines-that-end-in-one-point"] = () => Latency(Days(12), (b, p) => (b > 9 ? p == 1 ? 2 : 9 : p * (b % 3 + 1)) * Second),
        ["lines-none"] = () => Latency(Days(7), (_, _) => null),
        ["lines-all-zero"] = () => Latency(Days(7), (_, _) => 0),
        ["lines-a-million-times"] = () => Latency(Days(14), (b, p) => b == 5 ? 3_000_000 * Second : p * Second),
        ["lines-eight-in-a-legend"] = () => new LineChart("Cost per day of eight sessions", "Eight lines.", Days(20),
            [.. Enumerable.Range(0, 8).Select(l => new Line(Series($"session {l} of the nightly evaluation", 20, b => (((b * (l + 2)) % 9) + (l * 4)) * Dollar), l))], Measure.Money(40 * Dollar)),
        ["lines-hostile"] = () => new LineChart("Cost of hostile names", "Names with anything in them.", Days(10),
            [.. Hostile.Select((name, l) => new Line(Series(name, 10, b => (b + l) * Dollar), l))], Measure.Money(12 * Dollar)),
        ["cumulative"] = () => CumulativeChart.Of("Cost so far, against the period before", Days(30),
            [.. Values(30, b => b < 19 ? (b * 5 % 13) * Dollar : null)], [.. Values(31, b => (b * 7 % 11) * Dollar)], Measure.Money(150 * Dollar)),
        ["cumulative-savings-that-cost"] = () => CumulativeChart.Of("Savings by caching so far", Days(14),
            [.. Values(14, b => ((b * 5 % 7) - 4) * Dollar)], null, Measure.Money(10 * Dollar)),
        ["sparkline"] = () => Spark(b => (b * 7 % 11) * Dollar),
        ["sparkline-gaps"] = () => Spark(b => b % 5 == 0 ? null : (b * 3 % 7) * Dollar),
        ["sparkline-zero"] = () => Spark(_ => 0),
        ["sparkline-none"] = () => Spark(_ => null),
        ["sparkline-negative"] = () => Spark(b => ((b * 7 % 11) - 5) * Dollar),
        ["histogram"] = () => Histogram(500, i => (i * 7919 % 97) * Second / 8),
        ["histogram-wide"] = () => Histogram(900, i => (long)Math.Exp((i * 7919 % 1000) / 90.0) * 1000 * (i % 3 + 1)),
        ["histogram-one"] = () => Histogram(1, _ => 5 * Second),
        ["histogram-zero"] = () => Histogram(40, _ => 0),
        ["histogram-a-million-times"] = () => Histogram(300, i => i == 7 ? 3_000_000 * Second : (2 * Second) + (i * 7919 % 97 * Second / 100)),
        ["histogram-a-long-tail"] = () => Histogram(400, i => (3 * Second) + (i * 7919 % 97 * Second / 20) + (i % 41 == 0 ? 200 * Second : 0)),
        ["histogram-none"] = () => Histogram(0, _ => 0),
        ["heat-week"] = () => HeatMap.OfWeek("Cost by hour and day of the week", "Most on Tuesdays at 14.", Week((d, h) => d > 4 ? (h % 6 == 0 ? null : h * Cent) : ((h * 3 % 19) + d) * h * Cent), Measure.Money(Dollar)),
        ["heat-a-million-times"] = () => HeatMap.OfWeek("Calls by hour and day of the week", "One hour has nearly all.", Week((d, h) => d == 2 && h == 3 ? 5_000_000 : d + h), Measure.Count),
        ["heat-zero"] = () => HeatMap.OfWeek("Calls by hour and day of the week", "None.", Week((_, _) => 0), Measure.Count),
        ["heat-none"] = () => HeatMap.OfWeek("Calls by hour and day of the week", "Nothing is known.", Week((_, _) => null), Measure.Count),
        ["heat-negative"] = () => HeatMap.OfWeek("Savings by hour and day of the week", "Some hours cost more than they saved.", Week((d, h) => ((h * 7 % 11) - 4) * (d + 1) * Cent), Measure.Money(Dollar)),
        ["heat-hostile"] = () => new HeatMap("Calls by model and status", "Names with anything in them.", Hostile, Hostile, [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]], Measure.Count),
        ["heat-few-columns"] = () => new HeatMap("Calls by model and status", "Three models.", s_models, ["success", "overloaded", "timeout"], [[120, 4, null], [90, 0, 1], [7, 33, 2], [null, null, null]], Measure.Count),
        ["ranking"] = () => Rank([.. s_models.Select((m, i) => new Amount(m, (71 - (i * 19)) * Dollar))]),
        ["ranking-thousands"] = () => Rank([.. Enumerable.Range(0, 5000).Select(i => new Amount($"conversation {i}", 5_000_000_000_000 / ((i + 2) * (i + 2L))))]),
        ["ranking-a-long-tail"] = () => Rank([.. Enumerable.Range(0, 3000).Select(i => new Amount($"session-{i}", (3000 - i) * Cent))]),
        ["ranking-of-a-greater-whole"] = () => Rank([new("overloaded_error", 120), new("rate_limit_error", 31), new("timeout", 1)]) with { Title = "Failed attempts", Measure = Measure.Count, Whole = 250_000 },
        ["ranking-negative"] = () => Rank([new("claude-opus-5-5", 40 * Dollar), new("claude-sonnet-5", 0), new("claude-haiku-4-5", -25 * Dollar), new("nightly", -3 * Dollar)]),
        ["ranking-a-million-times"] = () => Rank([new("batch", 3_000_000 * Dollar), new("chat", 3 * Dollar), new("test", 1)]),
        ["ranking-zero"] = () => Rank([new("a", 0), new("b", 0)]),
        ["ranking-none"] = () => Rank([]),
        ["ranking-hostile"] = () => Rank([.. Hostile.Select((n, i) => new Amount(n, (5 - i) * Dollar))]),
        ["shares"] = () => Shares([new("system prompt", 12_400), new("tools", 31_200), new("tool results", 88_100), new("text of the user", 4_800), new("answers", 21_000), new("thinking", 310)]),
        ["shares-one"] = () => Shares([new("system prompt", 12_400)]),
        ["shares-a-million-times"] = () => Shares([new("documents", 5_000_000), new("system", 5), new("tools", 3)]),
        ["shares-none"] = () => Shares([new("system prompt", 0), new("tools", -4)]),
        ["shares-hostile"] = () => Shares([.. Hostile.Select((n, i) => new Amount(n, (5 - i) * 1000))]),
        ["treemap"] = () => Tree([.. Enumerable.Range(0, 60).Select(i => new Amount(i % 7 == 3 ? $"tool_result: read_file {i}" : $"tool {i}", 90_000 / (i + 1)))]),
        ["treemap-a-million-times"] = () => Tree([new("documents", 5_000_000), new("system", 5), new("tools", 3)]),
        ["treemap-none"] = () => Tree([]),
        ["treemap-hostile"] = () => Tree([.. Hostile.Select((n, i) => new Amount(n, (5 - i) * 1000))]),
        ["waterfall"] = () => new Waterfall("Timeline of a call", "Two attempts; the second succeeded after 9.4 s.",
        [
            new("Attempt 1: 529 overloaded", [Phase(PhaseKind.Failed, "overloaded", 0, 640), Phase(PhaseKind.Pause, "waits to retry", 640, 1900)]),
            new("Attempt 2: end_turn", [Phase(PhaseKind.Headers, "headers", 1900, 2700), Phase(PhaseKind.FirstToken, "first token", 2700, 3400), Phase(PhaseKind.Content, "content", 3400, 9400)]),
            new("thinking", [Phase(PhaseKind.Content, "thinking", 3400, 5200)], true),
            new("text", [Phase(PhaseKind.Content, "text", 5210, 6100), Phase(PhaseKind.Gap, "gap", 6100, 7900), Phase(PhaseKind.Content, "text", 7900, 8300)], true),
            new("tool_use get_weather", [Phase(PhaseKind.Content, "tool_use", 8310, 9400)], true),
        ]),
        ["waterfall-instant"] = () => new Waterfall("Timeline of a call", "Nothing took any time.", [new("Attempt 1", [Phase(PhaseKind.Headers, "headers", 0, 0)])]),
        ["waterfall-none"] = () => new Waterfall("Timeline of a call", "Nothing is known.", []),
        ["waterfall-hundreds"] = () => new Waterfall("Timeline of a call", "300 attempts.",
            [.. Enumerable.Range(0, 300).Select(i => new TimelineRow($"Attempt {i + 1}", [Phase(PhaseKind.Failed, "overloaded", i * 60_000, (i * 60_000) + 800)]))]),
        ["waterfall-hostile"] = () => new Waterfall("Timeline of a call", "Names with anything in them.", [.. Hostile.Select((n, i) => new TimelineRow(n, [Phase(PhaseKind.Content, n, i * 10, (i + 3) * 10)]))]),
    };

    private static TimeBuckets Days(int count) => count == 0
        ? new TimeBuckets(TimeUnit.Day, [], s_berlin)
        : Between("2026-10-20T12:00Z", count - 1, TimeUnit.Day);

    private static TimeBuckets Hours(string from, int count) =>
        TimeBuckets.Between(Moment(from), Moment(from).AddHours(count - 1), TimeUnit.Hour, s_berlin);

    private static TimeBuckets Between(string from, int days, TimeUnit unit) =>
        TimeBuckets.Between(Moment(from), Moment(from).AddDays(days), unit, s_berlin);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<long?> Values(int count, Func<int, long?> value) => Enumerable.Range(0, count).Select(value);

    private static ChartSeries Series(string name, int count, Func<int, long?> value) => new(name, [.. Values(count, value)]);

    private static ColumnChart Columns(TimeBuckets buckets, IReadOnlyList<string> names, Func<int, int, long?> value) => new(
        "Cost over time",
        "What it cost in each piece of time.",
        buckets,
        [.. names.Select((name, s) => Series(name, buckets.Count, b => value(b, s)))],
        Measure.Money(Enumerable.Range(0, buckets.Count).Select(b => names.Select((_, s) => value(b, s) ?? 0).Sum()).DefaultIfEmpty().Max()));

    private static LineChart Latency(TimeBuckets buckets, Func<int, int, long?> value) => new(
        "Duration of answers: p50, p95, p99 and the first token",
        "Lines over time.",
        buckets,
        [
            new(Series("p50", buckets.Count, b => value(b, 4))), new(Series("p95", buckets.Count, b => value(b, 9))) { IsThin = true },
            new(Series("p99", buckets.Count, b => value(b, 12))) { IsThin = true, IsDashed = true }, new(Series("first token p50", buckets.Count, b => value(b, 1)), 1),
        ],
        Measure.Duration)
    {
        Bands = [new Band(0, 1)],
    };

    private static Sparkline Spark(Func<int, long?> value) => new("Cost per day", "Twenty days.", [.. Values(20, value)], Measure.Money(Dollar));

    private static Histogram Histogram(int count, Func<int, long> value)
    {
        var values = Enumerable.Range(0, count).Select(value).Order().ToList();
        return new Histogram("How long answers took", "Most took a few seconds.", Bins.Of(values, Measure.Duration), Measure.Duration, "answer")
        {
            Markers = count == 0 ? [] : [new("p50", values[count / 2]), new("p95", values[count * 95 / 100]), new("p99", values[count * 99 / 100])],
        };
    }

    private static List<IReadOnlyList<long?>> Week(Func<int, int, long?> value) =>
        [.. Enumerable.Range(0, 7).Select(d => (IReadOnlyList<long?>)[.. Values(24, h => value(d, h))])];

    private static Ranking Rank(IReadOnlyList<Amount> amounts) => new("Cost by model", "The dearest first.", amounts, Measure.Money(amounts.Select(a => a.Value).DefaultIfEmpty().Max()));

    private static ShareBar Shares(IReadOnlyList<Amount> amounts) => new("Context by source", "What the prompt is made of.", amounts, Measure.Count);

    private static Treemap Tree(IReadOnlyList<Amount> amounts) => new("Context by source", "What the prompt is made of.", amounts, Measure.Count);

    private static Phase Phase(PhaseKind kind, string name, int startMs, int endMs) => new(kind, name, TimeSpan.FromMilliseconds(startMs), TimeSpan.FromMilliseconds(endMs));
}
