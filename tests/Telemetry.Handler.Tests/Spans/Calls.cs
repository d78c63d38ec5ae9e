using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Tests.Spans;

/// <summary>Calls to trace and to meter.</summary>
internal static class Calls
{
    public static readonly DateTimeOffset StartedAt = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static CallId Id { get; } = CallId.Create(StartedAt, 7);

    public static TokenUsage Usage { get; } = new()
    {
        InputTokens = 100,
        CacheReadInputTokens = 600,
        CacheCreationInputTokens = 300,
        CacheCreation5mInputTokens = 100,
        CacheCreation1hInputTokens = 200,
        OutputTokens = 50,
        ThinkingTokens = 20,
        WebSearchRequests = 1,
        ServiceTier = "standard",
        Iterations =
        [
            new UsageIteration { Type = "compaction", InputTokens = 1_000, CacheReadInputTokens = 10, OutputTokens = 5 },
            new UsageIteration { Type = "message", InputTokens = 100, OutputTokens = 50 },
        ],
    };

    public static CallCost Cost { get; } = new()
    {
        Basis = CostBasis.Measured,
        ByClass = new CostByClass(new(1_000), new(2_000), new(300), new(40), new(5), new(10_000_000)),
        PriceVersion = "2026-11-20",
        SavedByCache = new(-700),
    };

    public static CallRecord Record { get; } = new()
    {
        Id = Id,
        Provider = Provider.Anthropic,
        Operation = Operation.Messages,
        Host = "localhost:8080",
        ModelRequested = "claude-opus-5",
        ModelServed = "claude-opus-5-20260724",
        MessageId = "msg_1",
        RequestId = "req_1",
        IsStream = true,
        HttpStatus = 200,
        Outcome = CallOutcome.Success,
        StreamEnd = StreamEnd.MessageStop,
        StopReason = "end_turn",
        Usage = Usage,
        Cost = Cost,
        Timing = new CallTiming
        {
            Headers = TimeSpan.FromSeconds(0.2),
            FirstEvent = TimeSpan.FromSeconds(0.3),
            FirstContent = TimeSpan.FromSeconds(0.5),
            Total = TimeSpan.FromSeconds(4),
            LongestGap = TimeSpan.FromSeconds(1.5),
        },
        Transfer = new TransferFacts { ResponseBytes = 900, Chunks = 9, Events = 8, Pings = 1, ContentBlocks = 2 },
    };

    public static RequestSnapshot Snapshot { get; } = new()
    {
        Model = "claude-opus-5",
        Stream = true,
        MaxTokens = 1_024,
        Temperature = 0.5,
        TopP = 0.9,
        TopK = 40,
        ServiceTier = "auto",
        ThinkingType = "enabled",
        ThinkingBudget = 512,
        Effort = "high",
        HasOutputFormat = true,
        MetadataUserId = "secret-person",
        MessageCount = 3,
        CacheBreakpoints = 2,
    };

    public static CallEnd End { get; } = new()
    {
        Record = Record,
        Breakdown = new CostBreakdown(Cost, [], null, ["long_context", "geo"]),
        Response = new ResponseHeaders { Status = 200, ProtocolVersion = new Version(2, 0), OrganizationId = "org", WorkspaceId = "ws" },
    };

    public static CallEnd Ended(CallOutcome outcome, StreamEnd? streamEnd, string? errorType = null, int? status = 200) => End with
    {
        Record = Record with { Outcome = outcome, StreamEnd = streamEnd, ErrorType = errorType, HttpStatus = status, StopReason = null },
    };

    public static CallStart Start(HttpRequestMessage request) => new()
    {
        Request = request,
        Endpoint = MessagesEndpoint.Recognize(request)!,
        Id = Id,
        Snapshot = Snapshot,
        Headers = new RequestHeaders { Betas = ["beta-1"] },
        Attempt = new AttemptInfo(1, Id, RetrySource.Unknown, null),
        Labels = new CallLabels { Session = "secret-session", Conversation = "talk-1" },
    };

    public static HttpRequestMessage Request(string url = "http://user:pw@localhost:8080/v1/messages?key=secret") => new(HttpMethod.Post, url);
}
