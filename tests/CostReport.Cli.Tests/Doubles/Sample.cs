using CostLedger.Pricing;
using CostLedger.Records;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>Calls made by hand.</summary>
internal static class Sample
{
    /// <summary>The present in these tests: a Friday noon.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private const string Version = "2026-11-20+f00dcafe";

    private static readonly string[] Models = ["claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-4-5-20251001"];

    /// <summary>Two weeks of three models: cache, thinking, web search, retries, failures, an estimate.</summary>
    public static IReadOnlyList<CallRecord> TwoWeeks()
    {
        var calls = new List<CallRecord>();
        for (var i = 0; i < 56; i++)
        {
            var at = Now.AddDays(-14).AddHours((i * 6) + 1).AddSeconds(i * 7);
            calls.Add(Call(at, i));
        }

        calls.Add(Failed(Now.AddHours(-30), 60, CallOutcome.Error, "overloaded_error", 529));
        calls.Add(Call(Now.AddHours(-30).AddSeconds(2), 61) with { Attempt = 2, FirstAttemptId = calls[^1].Id });
        calls.Add(CutOff(Now.AddHours(-20), 62));
        return [.. calls.OrderBy(c => c.Id)];
    }

    /// <summary>A whole answer.</summary>
    public static CallRecord Call(DateTimeOffset at, int seed, string? model = null)
    {
        var usage = new TokenUsage
        {
            InputTokens = 400 + (seed * 37 % 900),
            OutputTokens = 300 + (seed * 91 % 1700),
            CacheReadInputTokens = seed % 4 == 0 ? 0 : 20_000 + (seed * 331),
            CacheCreationInputTokens = seed % 4 == 0 ? 21_000 : 800,
            CacheCreation5mInputTokens = seed % 4 == 0 ? 20_000 : 800,
            CacheCreation1hInputTokens = seed % 4 == 0 ? 1000 : 0,
            ThinkingTokens = seed % 3 == 0 ? 150 : null,
            WebSearchRequests = seed % 10 == 0 ? 2 : null,
            ServiceTier = "standard",
            InferenceGeo = seed % 5 == 0 ? "us" : "global",
        };
        var record = new CallRecord
        {
            Id = CallId.Create(at, (UInt128)(seed * 7919) << 40),
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            Host = "api.anthropic.com",
            ModelRequested = model ?? Models[seed % 3],
            ModelServed = model ?? Models[seed % 3],
            MessageId = $"msg_{seed:0000}",
            RequestId = $"req_{seed:0000}",
            IsStream = true,
            HttpStatus = 200,
            Outcome = CallOutcome.Success,
            StreamEnd = StreamEnd.MessageStop,
            StopReason = seed % 6 == 0 ? "tool_use" : "end_turn",
            Usage = usage,
            Cost = new CallCost { Basis = CostBasis.Unpriced },
            Timing = new CallTiming
            {
                Headers = TimeSpan.FromMilliseconds(612),
                FirstEvent = TimeSpan.FromMilliseconds(630),
                FirstContent = TimeSpan.FromMilliseconds(980 + seed),
                Total = TimeSpan.FromMilliseconds(4210 + (seed * 10)),
                LongestGap = TimeSpan.FromMilliseconds(seed % 5 == 0 ? 1_600 : 350),
                Parts = Parts(seed),
            },
            Transfer = new TransferFacts { RequestBytes = 91_234, ResponseBytes = 45_321, Chunks = 120, Events = 131, Pings = 2, ContentBlocks = 2 },
            Labels = new CallLabels
            {
                Session = $"session-{seed % 2}",
                Tags = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["env"] = "prod", ["team"] = seed % 2 == 0 ? "search" : "chat" },
            },
        };
        return Priced(record);
    }

    private static IReadOnlyList<AnswerPart> Parts(int seed)
    {
        var (first, whole) = (TimeSpan.FromMilliseconds(970 + seed), TimeSpan.FromMilliseconds(4205 + (seed * 10)));
        var (middle, silence) = (first + TimeSpan.FromMilliseconds(1_900), TimeSpan.FromMilliseconds(1_600));
        return (seed % 5) switch
        {
            0 =>
            [
                new AnswerPart("thinking", first, middle),
                new AnswerPart(AnswerPart.Silence, first + TimeSpan.FromMilliseconds(200), first + TimeSpan.FromMilliseconds(200) + silence),
                new AnswerPart("text", middle, whole),
            ],
            1 => [new AnswerPart("text", first, middle), new AnswerPart("tool_use", middle, whole)],
            _ => [new AnswerPart("text", first, whole)],
        };
    }

    /// <summary>An error answer.</summary>
    public static CallRecord Failed(DateTimeOffset at, int seed, CallOutcome outcome, string error, int status) => Call(at, seed) with
    {
        Outcome = outcome,
        ErrorType = error,
        HttpStatus = status,
        StreamEnd = null,
        StopReason = null,
        MessageId = null,
        Usage = null,
        IsStream = false,
        RetryAfter = TimeSpan.FromSeconds(3),
        Cost = new CallCost { Basis = CostBasis.Unbilled, ByClass = default(CostByClass) },
        Timing = new CallTiming { Headers = TimeSpan.FromMilliseconds(88), Total = TimeSpan.FromMilliseconds(90) },
    };

    /// <summary>A stream that was cut off: its output is an estimate.</summary>
    public static CallRecord CutOff(DateTimeOffset at, int seed)
    {
        var call = Call(at, seed);
        return call with
        {
            Outcome = CallOutcome.Truncated,
            StreamEnd = StreamEnd.EofWithoutStop,
            StopReason = null,
            Usage = call.Usage! with { OutputTokens = null },
            Estimate = new TokenEstimate { OutputTokens = 210, OutputTokensLow = 190, OutputTokensHigh = 260, Tokenizer = "bytes" },
            Cost = call.Cost with
            {
                Basis = CostBasis.Estimated,
                LowerBound = new NanoUsd(14_000_000),
                UpperBound = new NanoUsd(16_000_000),
                Marks = [CostMarks.OutputEstimated],
            },
        };
    }

    /// <summary>The call with the cost that the fake price list gives.</summary>
    public static CallRecord Priced(CallRecord call) => call with { Cost = FakePrices.Explain(PricingRequest.From(call), Version).Cost };
}
