using System.Diagnostics.Metrics;
using CostLedger.Records;
using Telemetry.Handler.Metrics;
using Telemetry.Handler.Tests.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Metrics;

public sealed class RateLimitMetricsTests : IDisposable
{
    private const string Remaining = "costledger.ratelimit.remaining";
    private const string Kind = "costledger.ratelimit.kind";

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly SetTime _time = new();
    private readonly Meter _meter;
    private readonly RateLimitMetrics _limits;

    public RateLimitMetricsTests()
    {
        _meter = new Meter(_name);
        _limits = new RateLimitMetrics(_meter, _time);
    }

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Limits_are_observed_as_the_last_response_told_them()
    {
        _limits.Saw(Told(0, new RateLimit("requests", 50, 49, null), new RateLimit("tokens", null, 7, null)));
        _limits.Saw(Told(1, new RateLimit("requests", 50, 48, null)));

        using var metrics = Observed();

        Assert.Equal([(7, "tokens"), (48, "requests")], metrics.Of(Remaining, Kind).Order());
        Assert.Equal([(50, "requests")], metrics.Of("costledger.ratelimit.limit", Kind));
    }

    [Fact]
    public void A_long_answer_that_ends_late_does_not_bring_back_what_it_was_told_at_its_start()
    {
        _limits.Saw(Told(30, new RateLimit("requests", 50, 10, null)));
        _limits.Saw(Told(0, new RateLimit("requests", 50, 49, null)));

        using var metrics = Observed();

        Assert.Equal([(10, "requests")], metrics.Of(Remaining, Kind));
    }

    [Fact]
    public void Kind_provider_and_model_tell_limits_apart()
    {
        var call = Told(0, new RateLimit("requests", 50, 1, null));
        _limits.Saw(call);
        _limits.Saw(call with { ModelRequested = "claude-haiku-4-5", RateLimits = [new RateLimit("requests", 50, 2, null)] });
        _limits.Saw(call with { Provider = Provider.Vertex, RateLimits = [new RateLimit("requests", 50, 3, null)] });
        _limits.Saw(call with { Operation = Operation.CountTokens, RateLimits = [new RateLimit("requests", 50, 4, null)] });
        _limits.Saw(call with { ModelRequested = null, ModelServed = null, RateLimits = [new RateLimit("requests", 50, 5, null)] });

        using var metrics = Observed();

        Assert.Equal(
            [
                (1, "anthropic claude-opus-5 "),
                (2, "anthropic claude-haiku-4-5 "),
                (3, "gcp.vertex_ai claude-opus-5 "),
                (4, "anthropic claude-opus-5 count_tokens"),
                (5, "anthropic  "),
            ],
            metrics.Of(Remaining, "gen_ai.provider.name", "gen_ai.request.model", "costledger.operation").Order());
    }

    [Fact]
    public void Of_holders_with_the_same_tags_the_one_with_the_least_left_is_observed_once()
    {
        _limits.Saw(Told(0, new RateLimit("requests", 50, 3, null)) with { LimitScope = "a" });
        _limits.Saw(Told(1, new RateLimit("requests", 100, 90, null)) with { LimitScope = "b" });
        _limits.Saw(Told(2, new RateLimit("requests", 60, 55, null)) with { Provider = Provider.ClaudeOnAws });
        _limits.Saw(Told(3, new RateLimit("requests", 70, 40, null)) with { Host = "gateway.example" });
        using var metrics = Observed();

        Assert.Equal([(3, "requests anthropic")], metrics.Of(Remaining, Kind, "gen_ai.provider.name"));
        Assert.Equal([(50, "requests")], metrics.Of("costledger.ratelimit.limit", Kind));

        // Once its holder is not heard of any more, the next one is.
        _time.Now += RateLimitMetrics.Lasts + TimeSpan.FromSeconds(1.5);
        using var later = Observed();
        Assert.Equal([(40, "requests")], later.Of(Remaining, Kind));
    }

    [Theory]
    [InlineData(4.9, null, true)]
    [InlineData(5.1, null, false)]
    [InlineData(5.1, 6.0, true)]
    [InlineData(6.1, 6.0, false)]
    [InlineData(4.9, 0.5, true)]
    public void A_limit_is_observed_for_five_minutes_or_until_it_is_reset(double minutesLater, double? resetsAfterMinutes, bool isObserved)
    {
        var reset = resetsAfterMinutes is { } minutes ? Calls.StartedAt.AddMinutes(minutes) : (DateTimeOffset?)null;
        _limits.Saw(Told(0, new RateLimit("requests", 50, 1, reset)));
        _time.Now += TimeSpan.FromMinutes(minutesLater);

        using var metrics = Observed();

        Assert.Equal(isObserved ? [1.0] : [], metrics.Of(Remaining).Select(m => m.Value));
    }

    [Fact]
    public void The_number_of_limits_is_bounded_and_those_out_of_date_make_room()
    {
        for (var i = 0; i < 2 * RateLimitMetrics.MaxLimits; i++)
        {
            _limits.Saw(Told(0, new RateLimit($"kind{i}", 1, 1, null)));
        }

        using var full = Observed();
        Assert.Equal(RateLimitMetrics.MaxLimits, full.Of(Remaining).Count());

        _time.Now += TimeSpan.FromMinutes(10);
        _limits.Saw(Told(600, new RateLimit("late", 1, 1, null)));

        using var later = Observed();
        Assert.Equal(["late"], later.Of(Remaining, Kind).Select(m => m.Tags));
    }

    private static CallRecord Told(double seconds, params RateLimit[] limits) => Calls.Record with
    {
        Id = CallId.Create(Calls.StartedAt.AddSeconds(seconds), 1),
        Timing = new CallTiming(),
        RateLimits = limits,
    };

    private MetricCollector Observed()
    {
        var metrics = new MetricCollector(_name);
        metrics.Observe();
        return metrics;
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Calls.StartedAt;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
