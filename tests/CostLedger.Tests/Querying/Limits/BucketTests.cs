using CostLedger.Querying.Limits;
using Xunit;

namespace CostLedger.Tests.Querying.Limits;

public sealed class BucketTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    [Fact]
    public void The_whole_limit_is_refilled_in_a_minute()
    {
        var told = Told(30_000, 27_000);

        Assert.Equal(30_000, Bucket.RefillPerMinute(told));
        Assert.Equal(28_500, Bucket.RemainingAt(told, At.AddSeconds(3)));
        Assert.Equal(30_000, Bucket.RemainingAt(told, At.AddSeconds(6)));
        Assert.Equal(30_000, Bucket.RemainingAt(told, At.AddHours(9)));
    }

    [Fact]
    public void A_reset_far_away_tells_of_a_longer_window()
    {
        var told = Told(6_000, 3_000, At.AddHours(5));

        Assert.Equal(10, Bucket.RefillPerMinute(told), 9);
        Assert.Equal(3_600, Bucket.RemainingAt(told, At.AddHours(1)));
        Assert.Equal(6_000, Bucket.RemainingAt(told, At.AddHours(5)));
    }

    [Fact]
    public void A_reset_that_has_passed_has_filled_it()
    {
        Assert.Equal(100, Bucket.RemainingAt(Told(100, 0, At.AddSeconds(1)), At.AddSeconds(1)));
    }

    [Fact]
    public void What_was_told_is_never_less_later_and_never_more_than_the_limit()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var limit = random.NextInt64(1, 5_000_000);
            var told = Told(limit, random.NextInt64(limit + 1), random.Next(3) == 0 ? null : At.AddSeconds(random.Next(40_000)));
            var (sooner, later) = (At.AddSeconds(random.NextDouble() * 9_000), At.AddSeconds(random.NextDouble() * 90_000));
            (sooner, later) = sooner < later ? (sooner, later) : (later, sooner);

            Assert.InRange(Bucket.RemainingAt(told, sooner)!.Value, told.Remaining!.Value, limit);
            Assert.True(Bucket.RemainingAt(told, later) >= Bucket.RemainingAt(told, sooner));
        }
    }

    [Fact]
    public void A_limit_runs_out_when_a_bucket_that_is_used_so_is_empty()
    {
        var random = new Random(2);
        for (var i = 0; i < 500; i++)
        {
            var limit = random.NextInt64(60, 1_000_000);
            var told = Told(limit, random.NextInt64(1, limit + 1));
            var use = limit * (0.5 + (random.NextDouble() * 4));

            var forecast = Bucket.Forecast(told, At, use, 0, Window);

            var (left, seconds) = ((double)told.Remaining!.Value, 0);
            while (left > 0 && left <= limit && seconds < 86_400)
            {
                left = Math.Min(limit, left + ((limit - use) / 60));
                seconds++;
                if (use <= limit)
                {
                    break;
                }
            }

            Assert.Equal(use > limit && seconds < 86_400 ? ForecastKind.RunsOut : ForecastKind.Lasts, forecast.Kind);
            Assert.True(forecast.RunsOutAt is null || Math.Abs((forecast.RunsOutAt.Value - At).TotalSeconds - seconds) <= 1.5);
        }
    }

    [Fact]
    public void More_use_never_makes_it_last_longer_and_more_that_is_left_never_shorter()
    {
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var limit = random.NextInt64(1, 1_000_000);
            var left = random.NextInt64(limit + 1);
            var use = random.NextDouble() * limit * 4;

            var at = RunsOutAt(limit, left, use);

            Assert.True(RunsOutAt(limit, left, use * 1.5) <= at);
            Assert.True(RunsOutAt(limit, Math.Min(limit, left + 10), use) >= at);
        }
    }

    [Fact]
    public void The_greater_of_the_two_rates_counts()
    {
        Assert.Equal(150, Bucket.Forecast(Told(100, 50), At, 150, 40, Window).UsePerMinute);
        Assert.Equal(At.AddMinutes(1), Bucket.Forecast(Told(100, 50), At, 40, 150, Window).RunsOutAt);
    }

    [Fact]
    public void What_is_used_up_runs_out_at_once_if_more_is_used_than_refilled()
    {
        Assert.Equal(At, Bucket.Forecast(Told(100, 0), At, 101, 0, Window).RunsOutAt);
    }

    [Fact]
    public void Without_use_or_without_figures_there_is_no_forecast()
    {
        Assert.Equal(ForecastKind.Idle, Bucket.Forecast(Told(100, 50), At, 0, 0, Window).Kind);
        Assert.Equal(ForecastKind.Unknown, Bucket.Forecast(Told(null, 50), At, 7, 0, Window).Kind);
        Assert.Equal(ForecastKind.Unknown, Bucket.Forecast(Told(100, null), At, 7, 0, Window).Kind);
    }

    [Fact]
    public void A_rate_that_needs_days_is_no_rate_to_forecast_from()
    {
        Assert.Equal(ForecastKind.Lasts, Bucket.Forecast(Told(1_000_000, 1_000_000), At, 1_000_001, 0, Window).Kind);
    }

    [Fact]
    public void Absurd_figures_do_no_harm()
    {
        foreach (var limit in (long[])[0, 1, long.MaxValue])
        {
            foreach (var left in (long[])[0, 1, long.MaxValue])
            {
                var told = Told(limit, left, DateTimeOffset.MaxValue);

                Assert.NotNull(Bucket.RemainingAt(told, At.AddDays(1)));
                Assert.NotEqual(ForecastKind.Unknown, Bucket.Forecast(told, At, 1e300, 1, Window).Kind);
            }
        }
    }

    [Fact]
    public void The_fall_of_a_limit_shows_what_all_its_users_used_at_least()
    {
        // 60 a minute: one a second. Nobody can have used less than what is missing.
        LimitPoint[] points = [Told(60, 60), Told(60, 50, seconds: 30), Told(60, 40, seconds: 35), Told(60, 60, seconds: 60), Told(60, 60, seconds: 90)];

        Assert.Equal(10 + 15, Bucket.LeastUsed(points));
    }

    [Fact]
    public void The_fall_never_shows_more_than_was_used()
    {
        var random = new Random(4);
        for (var i = 0; i < 300; i++)
        {
            var limit = random.Next(60, 6_000);
            var (left, used, points) = ((double)limit, 0L, new List<LimitPoint>());
            for (var second = 0; second < 600; second++)
            {
                left = Math.Min(limit, left + (limit / 60.0));
                var take = Math.Min((long)left, random.Next(limit / 20));
                left -= take;
                used += take;
                if (random.Next(20) == 0)
                {
                    points.Add(Told(limit, (long)Math.Ceiling(left), seconds: second));
                }
            }

            Assert.InRange(Bucket.LeastUsed(points), 0, used);
        }
    }

    private static DateTimeOffset RunsOutAt(long limit, long left, double use) =>
        Bucket.Forecast(Told(limit, left), At, use, 0, Window).RunsOutAt ?? DateTimeOffset.MaxValue;

    private static LimitPoint Told(long? limit, long? left, DateTimeOffset? resets = null, int seconds = 0) =>
        new(At, limit, left, At, left, At.AddSeconds(seconds), resets);
}
