using CostLedger.Records;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>Failures among the calls of two weeks, and a day of answers that told of rate limits, made by hand.</summary>
internal static class SampleLimits
{
    private const int FirstSeed = 1_000;

    /// <summary>The calls.</summary>
    public static IReadOnlyList<CallRecord> AmongTwoWeeks()
    {
        var now = Sample.Now;
        var seed = FirstSeed;
        var told = new List<CallRecord>();

        // Every half hour of the last day, less is left; then a burst every minute.
        for (var at = now.AddHours(-24); at < now.AddMinutes(-10); at = at.AddMinutes(30))
        {
            told.Add(Told(at, seed++, "claude-sonnet-5-5", 2_000_000 - (20_000L * (seed - FirstSeed)), 3_900));
            told.Add(Told(at.AddSeconds(7), seed++, "claude-opus-5-5", 1_900_000, 3_990));
        }

        for (var minute = 9; minute > 0; minute--)
        {
            told.Add(Told(now.AddMinutes(-minute), seed++, "claude-sonnet-5-5", 60_000 + (90_000L * minute), 3_500) with
            {
                Usage = new TokenUsage { InputTokens = 2_090_000, OutputTokens = 500 },
            });
        }

        var abandoned = Sample.CutOff(now.AddHours(-3), seed++) with { Outcome = CallOutcome.Canceled, StreamEnd = StreamEnd.Disposed };
        told.Add(abandoned);
        told.Add(Sample.Call(now.AddHours(-3).AddSeconds(20), seed) with { Attempt = 2, FirstAttemptId = abandoned.Id, ModelServed = "claude-haiku-5-5", ModelRequested = "claude-haiku-5-5" });
        return [.. SampleFailures.AmongTwoWeeks().Concat(told).OrderBy(c => c.Id)];
    }

    private static CallRecord Told(DateTimeOffset at, int seed, string model, long tokensLeft, long requestsLeft) => Sample.Call(at, seed) with
    {
        Host = "api.anthropic.com",
        LimitScope = "9f86d081884c7d65",
        ModelRequested = model,
        ModelServed = model,
        RateLimits =
        [
            new RateLimit("input-tokens", 2_000_000, tokensLeft, at.AddMinutes(1)),
            new RateLimit("requests", 4_000, requestsLeft, at.AddSeconds(2)),
        ],
    };
}
