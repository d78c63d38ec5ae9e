using CostLedger.Querying;
using CostLedger.Querying.Limits;
using CostLedger.Records;
using CostLedger.Tests.Storage;
using Testing;
using Xunit;

namespace CostLedger.Tests.Querying.Limits;

public sealed class LimitQueryTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Kinds =
        ["requests", "tokens", "input-tokens", "output-tokens", "priority-input-tokens", "priority-output-tokens", "fast-input-tokens", "fast-output-tokens"];

    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_series_tells_what_is_left_now_and_the_lowest_of_the_period()
    {
        await Write([Call(-600, Tokens(1_000, 100)), Call(-595, Tokens(1_000, 400)), Call(-3, Tokens(1_000, 800))]);

        var series = Assert.Single(Ask().Series);

        Assert.Equal((1_000L, 800L, 100L), (series.Whole.Limit, series.Whole.Remaining, series.Whole.Lowest));
        Assert.Equal(Noon.AddMinutes(-10), series.Whole.LowestAt);
        Assert.Equal((850L, 0.85), (series.RemainingNow, series.ShareNow));
        Assert.Equal([100L, 800L], series.Points.Select(p => p.Lowest));
    }

    [Fact]
    public async Task The_tightest_comes_first()
    {
        await Write(
        [
            Call(-200, Tokens(1_000, 10)) with { ModelRequested = "long-ago-and-low" },
            Call(-200, Tokens(1_000, 600)) with { ModelRequested = "long-ago" },
            Call(-1, Tokens(1_000, 300)) with { ModelRequested = "low-now" },
            Call(-60, Tokens(1_000, 990)) with { ModelRequested = "runs-out" },
            Call(-1, Tokens(1_000, 900), input: 900_000) with { ModelRequested = "runs-out" },
        ]);

        Assert.Equal(["runs-out", "low-now", "long-ago-and-low", "long-ago"], Ask().Series.Select(s => s.Model));
    }

    [Fact]
    public async Task The_forecast_counts_what_the_calls_used_but_not_what_was_read_from_the_cache()
    {
        await Write(
        [
            .. Enumerable.Range(1, 5).Select(i => Call(-60 * i, Tokens(1_000, 1_000), input: 1_500, cacheRead: 900_000)),
            Call(-1, Tokens(1_000, 1_000), input: 0),
        ]);

        var forecast = Assert.Single(Ask().Series).Forecast;

        Assert.Equal(1_500, forecast.UseOfCallsPerMinute, 6);
        Assert.Equal((ForecastKind.RunsOut, Noon.AddMinutes(2)), (forecast.Kind, forecast.RunsOutAt));
    }

    [Fact]
    public async Task Others_that_use_the_same_limit_are_seen_by_its_fall()
    {
        await Write([Call(-121, Tokens(1_000, 1_000)), Call(-61, Tokens(1_000, 0)), Call(-1, Tokens(1_000, 0))]);

        var forecast = Assert.Single(Ask().Series).Forecast;

        Assert.InRange(forecast.UseOfLimitPerMinute, 980, 1_000);
        Assert.True(forecast.UseOfCallsPerMinute < 1);
    }

    [Fact]
    public async Task Every_kind_is_counted_in_its_own_unit()
    {
        RateLimit[] kinds = [.. Kinds.Select(kind => new RateLimit(kind, 1_000, 500, null))];
        await Write(
        [
            Call(-60, kinds, input: 10, output: 7),
            Call(-50, kinds, input: 100, output: 70) with { Usage = Usage(100, 70) with { ServiceTier = "priority" } },
            Call(-40, kinds, input: 1_000, output: 700) with { Usage = Usage(1_000, 700) with { Speed = "fast" } },
            Call(-30, kinds) with { HttpStatus = 429, Outcome = CallOutcome.Error, ErrorType = "rate_limit_error", Usage = null },
        ]);

        var use = Ask().Series.ToDictionary(s => s.Kind, s => Math.Round(s.Forecast.UseOfCallsPerMinute), StringComparer.Ordinal);

        Assert.Equal((3, 17, 10, 7), (use["requests"], use["tokens"], use["input-tokens"], use["output-tokens"]));
        Assert.Equal((100, 70), (use["priority-input-tokens"], use["priority-output-tokens"]));
        Assert.Equal((1_000, 700), (use["fast-input-tokens"], use["fast-output-tokens"]));
    }

    [Fact]
    public async Task Counting_tokens_uses_its_own_limit()
    {
        await Write(
        [
            Call(-30, [new RateLimit("requests", 100, 90, null)], input: 50_000) with { Operation = Operation.CountTokens },
            Call(-30, [new RateLimit("requests", 100, 99, null), new RateLimit("input-tokens", 100, 99, null)], input: 5),
        ]);

        var use = Ask().Series.ToDictionary(s => s.Kind, s => s.Forecast.UseOfCallsPerMinute, StringComparer.Ordinal);

        Assert.Equal((1, 1, 5), (use["count_tokens:requests"], use["requests"], use["input-tokens"]));
    }

    [Fact]
    public async Task A_limit_that_nobody_used_lately_is_idle()
    {
        await Write([Call(-3_600, Tokens(1_000, 0), input: 1_000_000)]);

        var series = Assert.Single(Ask().Series);

        Assert.Equal((ForecastKind.Idle, 1_000L), (series.Forecast.Kind, series.RemainingNow));
    }

    [Fact]
    public async Task The_end_of_the_period_is_the_present()
    {
        await Write([Call(-7_200, Tokens(1_000, 900)), Call(-3_601, Tokens(1_000, 500)), Call(-30, Tokens(1_000, 10))]);

        var report = Ask(new CallFilter { Since = Noon.AddHours(-1.5), Until = Noon.AddHours(-1) });

        Assert.Equal(Noon.AddHours(-1), report.AsOf);
        Assert.Equal((500L, 516L), (Assert.Single(report.Series).Whole.Lowest, report.Series[0].RemainingNow));
        Assert.Equal(Noon, Ask(new CallFilter { Until = Noon.AddHours(5) }).AsOf);
    }

    [Fact]
    public async Task Models_and_providers_choose_limits()
    {
        await Write([Call(-30, Tokens(1_000, 900)), Call(-20, Tokens(1_000, 900)) with { ModelRequested = "claude-haiku-4-5", Provider = Provider.Vertex }]);

        Assert.Equal(["claude-haiku-4-5"], Ask(new CallFilter { Models = ["*HAIKU*"] }).Series.Select(s => s.Model));
        Assert.Equal(["claude-haiku-4-5"], Ask(new CallFilter { Providers = [Provider.Vertex] }).Series.Select(s => s.Model));
        Assert.Empty(Ask(new CallFilter { Models = ["gpt*"] }).Series);
    }

    [Fact]
    public async Task A_long_period_has_as_many_points_as_one_can_look_at()
    {
        await Write(Enumerable.Range(0, 3_000).Select(i => Call(-60 * (3_000 - i), Tokens(1_000, i % 7 == 0 ? 5 : 900))));

        var report = Ask();

        var series = Assert.Single(report.Series);
        Assert.Equal(TimeSpan.FromMinutes(3), report.Step);
        Assert.InRange(series.Points.Count, 900, 1_440);
        Assert.Equal((5L, 900L), (series.Whole.Lowest, series.Whole.Remaining));
        Assert.Equal(series.Points.OrderBy(p => p.Start).Select(p => p.Start), series.Points.Select(p => p.Start));
    }

    [Fact]
    public async Task Refused_attempts_are_counted_by_model_with_the_waits_they_asked_for()
    {
        var refused = Call(-50, []) with { HttpStatus = 429, Outcome = CallOutcome.Error, ErrorType = "rate_limit_error", RetryAfter = TimeSpan.FromSeconds(12) };
        await Write(
        [
            refused,
            refused with { Id = Id(-40), RetryAfter = null },
            refused with { Id = Id(-30), HttpStatus = 200, RetryAfter = null },
            refused with { Id = Id(-20), ErrorType = "ThrottlingException", ModelRequested = "claude-haiku-4-5" },
            refused with { Id = Id(-10), HttpStatus = 529, ErrorType = "overloaded_error" },
            refused with { Id = Id(-7_200) },
        ]);

        Assert.Equal(
            [
                new ThrottleGroup("claude-opus-5", 3, TimeSpan.FromSeconds(12), 2, Noon.AddSeconds(-30)),
                new ThrottleGroup("claude-haiku-4-5", 1, TimeSpan.FromSeconds(12), 0, Noon.AddSeconds(-20)),
            ],
            Ask(new CallFilter { Since = Noon.AddHours(-1) }).Throttled);
    }

    [Fact]
    public async Task An_empty_ledger_tells_of_no_limits()
    {
        await Write([]);

        Assert.Empty(Ask().Series);
        Assert.Empty(Ask().Throttled);
    }

    private static RateLimit[] Tokens(long limit, long left) => [new RateLimit("input-tokens", limit, left, null)];

    private static CallId Id(double seconds) => CallId.Create(Noon.AddSeconds(seconds), 1);

    private static TokenUsage Usage(long input, long output) => new() { InputTokens = input, OutputTokens = output };

    private static CallRecord Call(double seconds, IReadOnlyList<RateLimit> limits, long input = 0, long output = 0, long cacheRead = 0) => Storage.SomeCalls.Simple() with
    {
        Id = Id(seconds),
        ModelRequested = "claude-opus-5",
        ModelServed = null,
        Outcome = CallOutcome.Success,
        HttpStatus = 200,
        ErrorType = null,
        Timing = new CallTiming(),
        Usage = Usage(input, output) with { CacheReadInputTokens = cacheRead },
        RateLimits = limits,
    };

    private async Task Write(IEnumerable<CallRecord> records)
    {
        var n = 0;
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        foreach (var record in records)
        {
            await ledger.WriteAsync(record with { Id = new CallId(record.Id.Value + (UInt128)n++) }, default);
        }
    }

    private LimitReport Ask(CallFilter? filter = null)
    {
        using var reader = LedgerReader.Open(_folder.Ledger);
        return reader.Limits(filter ?? new CallFilter(), Noon);
    }
}
