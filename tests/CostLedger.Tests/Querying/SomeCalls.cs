using CostLedger.Records;

namespace CostLedger.Tests.Querying;

/// <summary>Records made up by chance, the same for the same seed.</summary>
internal sealed class SomeCalls(int seed)
{
    private static readonly string?[] Models =
        ["claude-opus-5", "claude-haiku-4-5-20251001", "claude-sonnet-4-5", "gpt'; DROP TABLE calls;--", "модель-١", "a\0b", null];

    private static readonly string?[] Sessions = ["alpha", "beta", "Robert \"Bob\"", "ש\u202Eלום", new string('s', 10_240), "", null, null];
    private static readonly string?[] StopReasons = ["end_turn", "tool_use", "max_tokens", null];
    private static readonly string[] TagValues = ["red", "blue", "a=b,c", "quo\"te", "nul\0"];

    private readonly Random _random = new(seed);

    /// <summary>Records spread over a period, oldest first.</summary>
    public List<CallRecord> Between(DateTimeOffset from, DateTimeOffset until, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => At(from.AddTicks(_random.NextInt64((until - from).Ticks)))).OrderBy(r => r.Id)];

    public CallRecord At(DateTimeOffset time)
    {
        var id = CallId.Create(time, new UInt128((ulong)_random.NextInt64(), (ulong)_random.NextInt64()));
        var served = Pick(Models);
        var basis = (CostBasis)_random.Next(1, 5);
        return new CallRecord
        {
            Id = id,
            FirstAttemptId = Maybe(() => id),
            Attempt = _random.Next(1, 4),
            Provider = (Provider)_random.Next(1, 8),
            Operation = (Operation)_random.Next(1, 9),
            Outcome = (CallOutcome)_random.Next(1, 8),
            HttpStatus = Maybe(() => Pick([200, 400, 429, 500, 529])),
            ModelServed = served,
            ModelRequested = Pick(Models),
            MessageId = "msg_" + id,
            RequestId = "req_" + _random.Next(),
            Host = "api.anthropic.com",
            IsStream = _random.Next(2) == 0,
            StreamEnd = Maybe(() => (StreamEnd)_random.Next(1, 7)),
            StopReason = Pick(StopReasons),
            ErrorType = Pick(["overloaded_error", null]),
            RetryAfter = Maybe(() => TimeSpan.FromSeconds(_random.Next(90))),
            Usage = _random.Next(5) == 0 ? null : Usage(),
            Estimate = _random.Next(4) == 0 ? new TokenEstimate { OutputTokens = Tokens(), OutputTokensHigh = 9000, Tokenizer = "bytes" } : null,
            Cost = Cost(basis),
            Timing = new CallTiming { FirstContent = Maybe(Time), Total = Time(), Headers = Maybe(Time), LongestGap = Maybe(Time) },
            Transfer = new TransferFacts { RequestBytes = Tokens(), ResponseBytes = _random.Next(100_000), Events = _random.Next(500) },
            Labels = Labels(),
            RateLimits = _random.Next(3) == 0 ? [new RateLimit("input-tokens", 1000, 7, DateTimeOffset.UnixEpoch.AddDays(20_000))] : [],
            Faults = _random.Next(9) == 0 ? ["malformed_json"] : [],
        };
    }

    private TokenUsage Usage() => new()
    {
        InputTokens = Tokens(),
        OutputTokens = Tokens(),
        ThinkingTokens = Tokens(),
        CacheReadInputTokens = Tokens(),
        CacheCreationInputTokens = Tokens(),
        CacheCreation5mInputTokens = Tokens(),
        CacheCreation1hInputTokens = Tokens(),
        WebSearchRequests = Maybe<long>(() => _random.Next(5)),
        WebFetchRequests = Maybe<long>(() => 2),
        ServiceTier = Pick(["standard", null]),
        Speed = Pick(["fast", null]),
        InferenceGeo = Pick(["us", null]),
        Iterations = _random.Next(6) == 0 ? [new UsageIteration { Type = "compaction", InputTokens = 5, Model = "claude-haiku-4-5" }] : [],
    };

    private CallCost Cost(CostBasis basis) => new()
    {
        Basis = basis,
        ByClass = basis == CostBasis.Unpriced ? null : new CostByClass(Nano(), Nano(), Nano(), Nano(), Nano(), Nano()),
        LowerBound = basis == CostBasis.Estimated ? Nano() : null,
        UpperBound = basis == CostBasis.Estimated ? Maybe(Nano) : null,
        PriceVersion = Maybe("2026-09-01-aaaa", "2026-10-01-bbbb"),
        SavedByCache = basis == CostBasis.Unpriced ? null : new NanoUsd(_random.NextInt64(-1_000_000_000, 1_000_000_000)),
        Marks = _random.Next(5) == 0 ? [CostMarks.SplitUnknown] : [],
    };

    private CallLabels Labels()
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in (string[])["team", "env\"'"])
        {
            if (_random.Next(3) > 0)
            {
                tags[key] = Pick(TagValues);
            }
        }

        return new CallLabels { Session = Pick(Sessions), Conversation = Pick(Sessions), Turn = Maybe(() => _random.Next(1, 30)), Tags = tags };
    }

    private NanoUsd Nano() => new(_random.NextInt64(5_000_000_000));

    private TimeSpan Time() => TimeSpan.FromMicroseconds(_random.Next(30_000_000));

    private long? Tokens() => Maybe<long>(() => _random.Next(100_000));

    private string? Maybe(params string[] values) => _random.Next(4) == 0 ? null : values[_random.Next(values.Length)];

    private T? Maybe<T>(Func<T> value)
        where T : struct => _random.Next(4) == 0 ? null : value();

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
