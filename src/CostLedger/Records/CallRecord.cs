using CostLedger.Records.Prompts;
using CostLedger.Records.Tools;

namespace CostLedger.Records;

/// <summary>One attempt: a request that was sent, and everything that is known of its answer. Holds no content.</summary>
public sealed record CallRecord
{
    /// <summary>The attempt's key; it begins with <see cref="StartedAt"/>.</summary>
    public required CallId Id { get; init; }

    /// <summary>The key of the first attempt of the same logical call; equal to <see cref="Id"/> for a first attempt.</summary>
    public CallId? FirstAttemptId { get; init; }

    /// <summary>The attempt's place among those of its logical call, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When the attempt was sent, UTC, to the microsecond. It is part of <see cref="Id"/>.</summary>
    public DateTimeOffset StartedAt => Id.Time;

    /// <summary>Who answers.</summary>
    public required Provider Provider { get; init; }

    /// <summary>What the call does.</summary>
    public required Operation Operation { get; init; }

    /// <summary>The cloud's location: an AWS region or a Google location (<c>global</c>, <c>us-east5</c>); null elsewhere.</summary>
    public string? Location { get; init; }

    /// <summary>The host that was called, without a port when it is the scheme's own.</summary>
    public string? Host { get; init; }

    /// <summary>The model as the request named it.</summary>
    public string? ModelRequested { get; init; }

    /// <summary>The model as the answer named it; null when it named none.</summary>
    public string? ModelServed { get; init; }

    /// <summary>The model that the application's own map of names gives for the one requested or served; null when it gives none.</summary>
    public string? ModelAlias { get; init; }

    /// <summary>
    /// The model that the price list finds for the name requested, or for its alias, where the answer named none and the list has
    /// another name for it; null elsewhere. So failures of <c>us.anthropic.claude-sonnet-4-6</c> are those of <c>claude-sonnet-4-6</c>, as its answers are named.
    /// </summary>
    public string? ModelMatched { get; init; }

    /// <summary>
    /// The model to report: the one served, else what the price list calls the alias of the one requested, or the one requested,
    /// else the alias, else the one requested. A served name that only repeats the request's, or is none of Claude's, is no better
    /// known than the request's: there the alias decides.
    /// </summary>
    public string? Model => ModelServed is null ? ModelMatched ?? ModelToPrice : ModelToPrice;

    /// <summary>The provider's id of the message (<c>msg_…</c>).</summary>
    public string? MessageId { get; init; }

    /// <summary>The provider's id of the request (header <c>request-id</c>, <c>x-amzn-requestid</c>, …, or of an error body).</summary>
    public string? RequestId { get; init; }

    /// <summary>The batch that the request was part of; null for a call of its own.</summary>
    public string? BatchId { get; init; }

    /// <summary>The request's name within its batch (<c>custom_id</c>), as the application chose it.</summary>
    public string? CustomId { get; init; }

    /// <summary>How many requests the batch has, where the answer says so; null elsewhere.</summary>
    public long? BatchRequests { get; init; }

    /// <summary>Whether a stream was asked for or answered.</summary>
    public bool IsStream { get; init; }

    /// <summary>The HTTP status; null when no response arrived.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How the attempt ended.</summary>
    public required CallOutcome Outcome { get; init; }

    /// <summary>How the reading of the answer ended; null when there was none to read.</summary>
    public StreamEnd? StreamEnd { get; init; }

    /// <summary>The error's kind: the API's <c>error.type</c>, else the status, else the kind of failure.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The answer's <c>stop_reason</c>.</summary>
    public string? StopReason { get; init; }

    /// <summary>Why the model refused (<c>stop_details.category</c>).</summary>
    public string? RefusalCategory { get; init; }

    /// <summary>What the caller must wait before trying again, where an error answer says so (<c>retry-after</c>).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The provider's usage; null when it gave none.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Bedrock's own measurements; null elsewhere, and where it gave none.</summary>
    public InvocationMetrics? InvocationMetrics { get; init; }

    /// <summary>What was estimated; null when nothing was.</summary>
    public TokenEstimate? Estimate { get; init; }

    /// <summary>Its prompt, block by block; null where unknown.</summary>
    public PromptPath? Prompt { get; init; }

    /// <summary>Why it read less from the prompt cache than it could have; null where it did not, or nothing is known.</summary>
    public CacheBreak? CacheBreak { get; init; }

    /// <summary>What the provider's own cache diagnosis said; null where it was not asked.</summary>
    public CacheVerdict? CacheVerdict { get; init; }

    /// <summary>
    /// The tools' results that its request brings, with the calls that asked for them; empty where unknown. A record that is read from
    /// a ledger has none: they are asked for by themselves.
    /// </summary>
    public IReadOnlyList<ToolRound> ToolRounds { get; init; } = [];

    /// <summary>Tools that are called without getting anywhere; null where nothing of that kind is known. Read from a ledger like <see cref="ToolRounds"/>.</summary>
    public ToolLoop? ToolLoop { get; init; }

    /// <summary>What it costs.</summary>
    public required CallCost Cost { get; init; }

    /// <summary>When things happened.</summary>
    public CallTiming Timing { get; init; } = new();

    /// <summary>What went over the wire.</summary>
    public TransferFacts Transfer { get; init; } = new();

    /// <summary>What the application says about the call.</summary>
    public CallLabels Labels { get; init; } = CallLabels.None;

    /// <summary>The limits the response told of; empty when none.</summary>
    public IReadOnlyList<RateLimit> RateLimits { get; init; } = [];

    /// <summary>Whose limits they are: a keyed hash of the organisation that answered for; null when not known.</summary>
    public string? LimitScope { get; init; }

    /// <summary>Faults of the answer or of its observation, for example <c>malformed_json</c>; empty when none.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The model to price. A name that the list was asked for is asked for again: another list may know it otherwise.</summary>
    internal string? ModelToPrice => ModelAlias is { } alias && !IsModelServedKnown ? alias : ModelServed ?? ModelRequested;

    private bool IsModelServedKnown => ModelServed is { } served
        && served.Contains("claude", StringComparison.OrdinalIgnoreCase)
        && !served.Equals(ModelRequested, StringComparison.OrdinalIgnoreCase);
}
