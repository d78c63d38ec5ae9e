using CostLedger.Records;

namespace Telemetry.Benchmarks.Ledger;

/// <summary>A streamed call as the handler records it.</summary>
internal static class SomeCall
{
    private static readonly CallLabels Labels = new()
    {
        Session = "session-17",
        Tags = new SortedList<string, string>(StringComparer.Ordinal) { ["env"] = "prod", ["feature"] = "search" },
    };

    public static CallRecord Create(DateTimeOffset at)
    {
        var id = CallId.Create(at, new UInt128((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64()));
        return new CallRecord
        {
            Id = id,
            FirstAttemptId = id,
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            Host = "api.anthropic.com",
            ModelRequested = "claude-opus-5",
            ModelServed = "claude-opus-5",
            MessageId = "msg_01" + id,
            RequestId = "req_01" + id,
            IsStream = true,
            HttpStatus = 200,
            Outcome = CallOutcome.Success,
            StreamEnd = StreamEnd.MessageStop,
            StopReason = "end_turn",
            Usage = new TokenUsage
            {
                InputTokens = 12,
                OutputTokens = 840,
                CacheReadInputTokens = 18_000,
                CacheCreationInputTokens = 950,
                CacheCreation5mInputTokens = 950,
                CacheCreation1hInputTokens = 0,
                ServiceTier = "standard",
                InferenceGeo = "global",
            },
            Cost = new CallCost
            {
                Basis = CostBasis.Measured,
                ByClass = new CostByClass(new(60_000), new(21_000_000), new(9_000_000), new(5_937_500), default, default),
                PriceVersion = "2026-11-20-0123456789ab",
                SavedByCache = new(81_000_000),
            },
            Timing = new CallTiming
            {
                Headers = TimeSpan.FromMilliseconds(400),
                FirstEvent = TimeSpan.FromMilliseconds(401),
                FirstContent = TimeSpan.FromMilliseconds(650),
                LongestGap = TimeSpan.FromMilliseconds(180),
                Total = TimeSpan.FromSeconds(9),
            },
            Transfer = new TransferFacts { RequestBytes = 70_000, ResponseBytes = 96_000, Chunks = 310, Events = 290, Pings = 2, ContentBlocks = 1 },
            Labels = Labels,
            RateLimits =
            [
                new("requests", 4_000, 3_999, at.AddMinutes(1)),
                new("input-tokens", 2_000_000, 1_981_000, at.AddMinutes(1)),
                new("output-tokens", 400_000, 399_000, at.AddMinutes(1)),
            ],
        };
    }
}
