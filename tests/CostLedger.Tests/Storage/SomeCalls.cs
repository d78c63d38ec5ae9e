using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostLedger.Tests.Storage;

/// <summary>Records for tests: one that is easy to read, and arbitrary ones from a seed.</summary>
internal static class SomeCalls
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Words =
        ["", "a", "claude-opus-5", "claude-haiku-5-5", "end_turn", "ünï ☃ 𝄞", "line\nbreak", "{\"json\":1}", "'; DROP TABLE calls; --", "standard"];

    public static CallRecord Simple(int number = 1) => new()
    {
        Id = CallId.Create(Start.AddSeconds(number), (UInt128)number),
        Provider = Provider.Anthropic,
        Operation = Operation.Messages,
        ModelRequested = "claude-opus-5",
        Outcome = CallOutcome.Success,
        Cost = new CallCost { Basis = CostBasis.Unpriced },
    };

    /// <summary>A record whose members are all arbitrary; about a third of the optional ones are absent.</summary>
    public static CallRecord Arbitrary(int seed)
    {
        var random = new Random(seed);
        var call = new CallRecord
        {
            Id = Id(random),
            FirstAttemptId = Maybe(random, Id),
            Attempt = random.Next(1, 20),
            Provider = (Provider)random.Next(1, 8),
            Operation = (Operation)random.Next(1, 9),
            Location = Text(random),
            Host = Text(random),
            ModelRequested = Text(random),
            ModelServed = Text(random),
            ModelAlias = Text(random),
            MessageId = Text(random),
            RequestId = Text(random),
            BatchId = random.Next(3) == 0 ? $"msgbatch_{seed}" : null,
            CustomId = Text(random),
            BatchRequests = Maybe(random, r => r.NextInt64(100_000)),
            LimitScope = Text(random),
            InvocationMetrics = random.Next(3) == 0 ? Metrics(random) : null,
            IsStream = random.Next(2) == 0,
            HttpStatus = Maybe(random, r => r.Next(100, 600)),
            Outcome = (CallOutcome)random.Next(1, 8),
            StreamEnd = Maybe(random, r => (StreamEnd)r.Next(1, 7)),
            ErrorType = Text(random),
            StopReason = Text(random),
            RefusalCategory = Text(random),
            RetryAfter = Maybe(random, Time),
            Usage = random.Next(4) == 0 ? null : Usage(random),
            Estimate = random.Next(3) == 0 ? null : Estimate(random),
            Prompt = random.Next(3) == 0 ? null : Prompt(random),
            CacheBreak = random.Next(3) == 0 ? Break(random) : null,
            CacheVerdict = random.Next(3) == 0 ? new CacheVerdict(Text(random) ?? "none", Count(random)) : null,
            Cost = Cost(random),
            Timing = new CallTiming
            {
                Headers = Maybe(random, Time),
                FirstEvent = Maybe(random, Time),
                FirstContent = Maybe(random, Time),
                Total = Time(random),
                LongestGap = Maybe(random, Time),
                Parts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new AnswerPart(Words[random.Next(Words.Length)], Time(random), Time(random)))],
            },
            Transfer = Transfer(random),
            Labels = Labels(random),
            RateLimits = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new RateLimit(Words[random.Next(Words.Length)], Count(random), Count(random), Maybe(random, At)))],
            Faults = Texts(random),
        };

        // Only a call whose answer named no model has one that was matched.
        return call.ModelServed is null && random.Next(2) == 0 ? call with { ModelMatched = $"matched-{seed}" } : call;
    }

    private static CallTiming Timing(Random random) => new()
    {
        Headers = Maybe(random, Time),
        FirstEvent = Maybe(random, Time),
        FirstContent = Maybe(random, Time),
        Total = Time(random),
        LongestGap = Maybe(random, Time),
        Parts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new AnswerPart(Words[random.Next(Words.Length)], Time(random), Time(random)))],
    };

    private static CallLabels Labels(Random random) => new()
    {
        Session = Text(random),
        Conversation = Text(random),
        Turn = Maybe(random, r => r.Next()),
        Tags = Tags(random),
    };

    private static TokenUsage Usage(Random random) => random.Next(8) == 0 ? new TokenUsage() : new TokenUsage
    {
        InputTokens = Count(random),
        OutputTokens = Count(random),
        CacheReadInputTokens = Count(random),
        CacheCreationInputTokens = Count(random),
        CacheCreation5mInputTokens = Count(random),
        CacheCreation1hInputTokens = Count(random),
        ThinkingTokens = Count(random),
        WebSearchRequests = Count(random),
        WebFetchRequests = Count(random),
        CodeExecutionRequests = Count(random),
        ServiceTier = Text(random),
        Speed = Text(random),
        InferenceGeo = Text(random),
        FallbackCreditStatus = Text(random),
        Iterations = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Iteration(random))],
    };

    private static InvocationMetrics Metrics(Random random) => new()
    {
        InputTokens = Count(random),
        OutputTokens = Count(random),
        CacheReadInputTokens = Count(random),
        CacheWriteInputTokens = Count(random),
        InvocationLatency = Maybe(random, Time),
        FirstByteLatency = Maybe(random, Time),
    };

    private static UsageIteration Iteration(Random random) => new()
    {
        Type = Words[random.Next(Words.Length)],
        Model = Text(random),
        InputTokens = Count(random),
        OutputTokens = Count(random),
        CacheReadInputTokens = Count(random),
        CacheCreationInputTokens = Count(random),
        CacheCreation5mInputTokens = Count(random),
        CacheCreation1hInputTokens = Count(random),
    };

    private static TransferFacts Transfer(Random random) => new()
    {
        DrainedBytes = Count(random),
        RequestBytes = Count(random),
        ResponseBytes = random.NextInt64(),
        Chunks = random.Next(),
        Events = random.Next(),
        Pings = random.Next(),
        ContentBlocks = random.Next(),
        IsConnectionReused = Maybe(random, r => r.Next(2) == 0),
    };

    private static TokenEstimate Estimate(Random random) => random.Next(8) == 0 ? new TokenEstimate() : new TokenEstimate
    {
        InputTokens = Count(random),
        OutputTokens = Count(random),
        OutputTokensLow = Count(random),
        OutputTokensHigh = Count(random),
        InputTokensHigh = Count(random),
        InputTokensLow = Count(random),
        ColdInputTokens = Count(random),
        Sources = Maybe(random, Sources),
        ExpectedCacheReadTokens = Count(random),
        ExpectedOutputTokens = Count(random),
        ExpectedOutputTokensLow = Count(random),
        ExpectedOutputTokensHigh = Count(random),
        ExpectedCost = Maybe(random, Money),
        ExpectedCostLow = Maybe(random, Money),
        ExpectedCostHigh = Maybe(random, Money),
        Tokenizer = Text(random),
    };

    private static InputBySource Sources(Random random) => new()
    {
        Tools = random.NextInt64(),
        System = random.Next(),
        Messages = random.Next(),
        ToolUses = random.Next(),
        ToolResults = random.Next(),
        Thinking = random.Next(),
        Images = random.Next(),
        Documents = random.Next(2),
        Overhead = random.Next(),
    };

    private static CacheBreak Break(Random random) => new()
    {
        Reason = Text(random) ?? "unknown",
        IsMissed = random.Next(2) == 0,
        Level = (PromptLevel)random.Next(1, 4),
        Item = random.Next(),
        Segment = Text(random) ?? "",
        ByteAt = Maybe(random, r => r.Next()),
        ByteCount = Maybe(random, r => r.Next()),
        ComparedWith = Maybe(random, Id),
        AvailableTokens = random.NextInt64(1_000_000),
        TokensLost = random.NextInt64(1_000_000),
        CostLost = Maybe(random, r => new NanoUsd(r.NextInt64(1_000_000_000))),
        Idle = Maybe(random, Time),
    };

    private static PromptPath Prompt(Random random)
    {
        var nodes = Enumerable.Range(0, random.Next(4)).Select(_ => Node(random)).ToList();
        for (var i = 1; i < nodes.Count; i++)
        {
            nodes[i] = nodes[i] with { Parent = nodes[i - 1].Chain };
        }

        return new PromptPath
        {
            Leaf = nodes is [.., var last] ? last.Chain : Hash(random),
            Depth = random.Next(),
            Thread = Maybe(random, Hash),
            Breakpoints = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new PromptBreakpoint(random.Next(), (PromptLifetime)random.Next(1, 3)))],
            Automatic = Maybe(random, r => (PromptLifetime)r.Next(1, 3)),
            Scope = Text(random),
            Settings = Text(random),
            NewNodes = nodes,
        };
    }

    private static PromptNode Node(Random random) => new()
    {
        Chain = Hash(random),
        Parent = Maybe(random, Hash),
        Segment = Hash(random),
        Level = (PromptLevel)random.Next(1, 4),
        Kind = (PromptKind)random.Next(13),
        Role = (PromptRole)random.Next(4),
        Message = random.Next(-1, 100),
        Block = random.Next(100),
        Bytes = random.Next(),
        TextBytes = random.Next(),
        Tokens = random.Next(),
        ToolName = Text(random),
    };

    private static UInt128 Hash(Random random) => new((ulong)random.NextInt64(), (ulong)random.NextInt64());

    private static CallCost Cost(Random random) => new()
    {
        Basis = (CostBasis)random.Next(1, 5),
        ByClass = random.Next(3) == 0
            ? null
            : new CostByClass(Money(random), Money(random), Money(random), Money(random), Money(random), Money(random)),
        LowerBound = Maybe(random, Money),
        UpperBound = Maybe(random, Money),
        PriceVersion = Text(random),
        SavedByCache = Maybe(random, Money),
        Marks = Texts(random),
    };

    private static SortedList<string, string> Tags(Random random)
    {
        var tags = new SortedList<string, string>(StringComparer.Ordinal);
        for (var i = random.Next(4); i > 0; i--)
        {
            tags[Words[random.Next(Words.Length)]] = Words[random.Next(Words.Length)];
        }

        return tags;
    }

    private static T? Maybe<T>(Random random, Func<Random, T> make)
        where T : struct => random.Next(3) == 0 ? null : make(random);

    private static string? Text(Random random) => random.Next(3) == 0 ? null : Words[random.Next(Words.Length)];

    private static string[] Texts(Random random) => [.. Enumerable.Range(0, random.Next(3)).Select(_ => Words[random.Next(Words.Length)])];

    private static long? Count(Random random) => Maybe(random, r => r.Next(5) == 0 ? r.NextInt64(long.MinValue, long.MaxValue) : r.Next(100_000));

    private static NanoUsd Money(Random random) => new(random.NextInt64(-1_000_000_000, 1_000_000_000));

    private static TimeSpan Time(Random random) => TimeSpan.FromTicks(random.NextInt64(1_000_000_000) * TimeSpan.TicksPerMicrosecond);

    private static DateTimeOffset At(Random random) => Start.AddTicks(random.NextInt64(1_000_000_000) * TimeSpan.TicksPerMicrosecond);

    private static CallId Id(Random random) =>
        CallId.Create(At(random), new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()));
}
