using System.Buffers.Binary;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Rows;
using CostLedger.Rows.Tables;

namespace CostLedger.Querying.Reading;

/// <summary>Turns rows back into records. Every group of columns stands beside the method that reads it, in the same order.</summary>
internal sealed class CallRowReader : IDisposable
{
    /// <summary>The fault of a record whose details are not in the ledger.</summary>
    internal const string DetailsMissing = "details_missing";

    private const int HashBytes = 16;

    private const string CallColumns =
        "c.id, c.attempt, c.provider, c.operation, c.outcome, c.http_status, c.model, c.stop_reason, c.error_type";

    private const string DetailColumns = """
        d.id, d.extra, d.first_attempt, d.message_id, d.request_id, d.model_requested, d.model_served, d.host, d.location,
        d.is_stream, d.stream_end, d.refusal, d.batch_id, d.custom_id, d.limit_scope
        """;

    private const string UsageColumns = """
        c.input_tokens, c.output_tokens, c.thinking_tokens, c.cache_read_tokens, c.cache_creation_tokens, c.cache_5m_tokens,
        c.cache_1h_tokens, c.web_searches, d.service_tier, d.speed, d.inference_geo
        """;

    private const string EstimateColumns = """
        c.estimated_output, d.estimated_input, e.tokenizer, e.cold, e.input_low, e.input_high, e.expected_output, e.expected_output_low,
        e.expected_output_high, e.expected_cost, e.expected_cost_low, e.expected_cost_high,
        e.expected_cache_read,
        e.tools, e.system, e.messages, e.tool_uses, e.tool_results, e.thinking, e.images, e.documents, e.overhead
        """;

    private const string PromptColumns = """
        (SELECT n.chain FROM prompt_nodes AS n WHERE n.id = p.leaf), p.depth, (SELECT t.key FROM prompt_threads AS t WHERE t.id = p.thread),
        p.breakpoints, p.automatic, p.scope, p.settings
        """;

    private const string CostColumns = """
        c.cost_basis, c.price_book, c.saved_by_cache, d.cost_low, d.cost_high,
        c.cost_input, c.cost_output, c.cost_cache_read, c.cost_cache_5m, c.cost_cache_1h, c.cost_server_tools
        """;

    private const string TimingColumns = "c.first_content_us, c.duration_us, d.headers_us, d.first_event_us, d.longest_gap_us";
    private const string TransferColumns = "d.request_bytes, d.response_bytes, d.events, d.chunks, d.pings, d.content_blocks, d.is_connection_reused";
    private const string LabelColumns = "c.session, c.conversation, c.tag_set, d.turn";

    private readonly StringTable _strings;
    private readonly TagSets _tagSets;
    private readonly VersionTable _versions;
    private readonly CacheRowReader _caches;

    // The row and the next of its columns. Every read goes one column further.
    private Statement? _row;
    private int _next;

    public CallRowReader(LedgerConnection connection)
    {
        _strings = new StringTable(connection);
        _tagSets = new TagSets(connection);
        _versions = new VersionTable(connection);
        _caches = new CacheRowReader(_strings);
    }

    /// <summary>
    /// The beginning of every statement whose rows <see cref="Read"/> understands; c is calls, d is call_details, e is
    /// call_estimates, p is call_prompts, b is cache_breaks, v is cache_verdicts.
    /// </summary>
    public static string Select { get; } =
        $"SELECT {CallColumns}, {DetailColumns}, {UsageColumns}, {EstimateColumns}, {CostColumns}, {TimingColumns}, "
        + $"{TransferColumns}, {LabelColumns}, {PromptColumns}, {CacheRowReader.Columns} FROM calls AS c LEFT JOIN call_details AS d ON d.id = c.id "
        + "LEFT JOIN call_estimates AS e ON e.model = coalesce(c.model, 0) AND e.id = c.id LEFT JOIN call_prompts AS p ON p.id = c.id "
        + CacheRowReader.Joins;

    /// <summary>Whether all that was stored of a record could be read.</summary>
    public static bool IsWhole(CallRecord record) =>
        !record.Faults.Any(fault => fault is ExtraFields.Unreadable or DetailsMissing);

    /// <summary>Reads the current row.</summary>
    public CallRecord Read(Statement row)
    {
        (_row, _next) = (row, 0);
        var call = ReadCall(out var model);
        var withDetails = ReadDetails(call, model, out var extra);
        return withDetails with
        {
            Usage = ReadUsage(extra),
            Estimate = ReadEstimate(extra),
            Cost = ReadCost(extra),
            Timing = ReadTiming() with { Parts = extra.ReadParts() },
            Transfer = ReadTransfer() with { DrainedBytes = extra.DrainedBytes },
            Labels = ReadLabels(),
            Prompt = ReadPrompt(),
            CacheBreak = _caches.ReadBreak(row, ref _next),
            CacheVerdict = _caches.ReadVerdict(row, ref _next),
        };
    }

    public void Dispose()
    {
        _strings.Dispose();
        _tagSets.Dispose();
        _versions.Dispose();
    }

    private static TimeSpan? Microseconds(long? value) =>
        value is { } number ? TimeSpan.FromTicks(number * TimeSpan.TicksPerMicrosecond) : null;

    private CallRecord ReadCall(out string? model)
    {
        var call = new CallRecord
        {
            Id = Id() ?? default,
            Attempt = (int)(Number() ?? 1),
            Provider = (Provider)(Number() ?? 0),
            Operation = (Operation)(Number() ?? 0),
            Outcome = (CallOutcome)(Number() ?? 0),
            Cost = new CallCost { Basis = CostBasis.Unpriced },
            HttpStatus = (int?)Number(),
        };
        model = Name();
        return call with { StopReason = Name(), ErrorType = Name() };
    }

    private CallRecord ReadDetails(CallRecord call, string? model, out ExtraFields extra)
    {
        var isMissing = Id() is null;
        extra = ExtraFields.Parse(Text());
        var details = call with
        {
            FirstAttemptId = Id(),
            MessageId = Text(),
            RequestId = Text(),
            ModelRequested = Name(),
            ModelServed = Name(),
            Host = Name(),
            Location = Name(),
            IsStream = Number() == 1,
            StreamEnd = (StreamEnd?)Number(),
            RefusalCategory = Name(),
            BatchId = Text(),
            CustomId = Text(),
            LimitScope = Name(),
            ModelAlias = extra.ModelAlias,
            InvocationMetrics = extra.Invocation,
            BatchRequests = extra.BatchRequests,
            RetryAfter = Microseconds(extra.RetryAfterUs),
            RateLimits = extra.ReadLimits(),
            Faults = extra.Faults ?? [],
        };
        var isMatched = details.ModelServed is null && !string.Equals(model, details.Model, StringComparison.Ordinal);
        return isMissing ? details with { ModelRequested = model, Faults = [DetailsMissing] } : isMatched ? details with { ModelMatched = model } : details;
    }

    private TokenUsage? ReadUsage(ExtraFields extra)
    {
        var usage = new TokenUsage
        {
            InputTokens = Number(),
            OutputTokens = Number(),
            ThinkingTokens = Number(),
            CacheReadInputTokens = Number(),
            CacheCreationInputTokens = Number(),
            CacheCreation5mInputTokens = Number(),
            CacheCreation1hInputTokens = Number(),
            WebSearchRequests = Number(),
            ServiceTier = Name(),
            Speed = Name(),
            InferenceGeo = Name(),
            WebFetchRequests = extra.WebFetches,
            CodeExecutionRequests = extra.CodeExecutions,
            FallbackCreditStatus = extra.FallbackCredit,
            Iterations = extra.Iterations ?? [],
        };
        return extra.EmptyUsage is not true && usage == new TokenUsage() ? null : usage;
    }

    private TokenEstimate? ReadEstimate(ExtraFields extra)
    {
        var estimate = new TokenEstimate
        {
            OutputTokens = Number(),
            InputTokens = Number(),
            Tokenizer = Name() ?? extra.Tokenizer,
            ColdInputTokens = Number(),
            InputTokensLow = Number(),
            InputTokensHigh = Number() ?? extra.EstimatedInputHigh,
            ExpectedOutputTokens = Number(),
            ExpectedOutputTokensLow = Number(),
            ExpectedOutputTokensHigh = Number(),
            ExpectedCost = Money(),
            ExpectedCostLow = Money(),
            ExpectedCostHigh = Money(),
            ExpectedCacheReadTokens = Number(),
            Sources = ReadSources(),
            OutputTokensLow = extra.EstimatedOutputLow,
            OutputTokensHigh = extra.EstimatedOutputHigh,
        };
        return extra.EmptyEstimate is not true && estimate == new TokenEstimate() ? null : estimate;
    }

    private InputBySource? ReadSources()
    {
        var tools = Number();
        var rest = new InputBySource
        {
            System = Number() ?? 0,
            Messages = Number() ?? 0,
            ToolUses = Number() ?? 0,
            ToolResults = Number() ?? 0,
            Thinking = Number() ?? 0,
            Images = Number() ?? 0,
            Documents = Number() ?? 0,
            Overhead = Number() ?? 0,
        };
        return tools is { } known ? rest with { Tools = known } : null;
    }

    // What the ledger holds of the nodes is asked for by itself.
    private PromptPath? ReadPrompt()
    {
        var prompt = new PromptPath
        {
            Leaf = Hash() ?? default,
            Depth = (int)(Number() ?? 0),
            Thread = Hash(),
            Breakpoints = BreakpointText.Parse(Text()),
            Automatic = (PromptLifetime?)Number(),
            Scope = Name(),
            Settings = Name(),
        };
        return prompt.Leaf == default ? null : prompt;
    }

    private CallCost ReadCost(ExtraFields extra) => new()
    {
        Basis = (CostBasis)(Number() ?? 0),
        PriceVersion = Version(),
        SavedByCache = Money(),
        LowerBound = Money(),
        UpperBound = Money(),
        ByClass = ReadClasses(),
        Marks = extra.Marks ?? [],
    };

    private CostByClass? ReadClasses()
    {
        var input = Money();
        var rest = new CostByClass(
            default, Money() ?? default, Money() ?? default, Money() ?? default, Money() ?? default, Money() ?? default);
        return input is { } known ? rest with { Input = known } : null;
    }

    private CallTiming ReadTiming() => new()
    {
        FirstContent = Microseconds(Number()),
        Total = Microseconds(Number()) ?? TimeSpan.Zero,
        Headers = Microseconds(Number()),
        FirstEvent = Microseconds(Number()),
        LongestGap = Microseconds(Number()),
    };

    private TransferFacts ReadTransfer() => new()
    {
        RequestBytes = Number(),
        ResponseBytes = Number() ?? 0,
        Events = Number() ?? 0,
        Chunks = Number() ?? 0,
        Pings = Number() ?? 0,
        ContentBlocks = Number() ?? 0,
        IsConnectionReused = Number() is { } isReused ? isReused != 0 : null,
    };

    private CallLabels ReadLabels() => new()
    {
        Session = Name(),
        Conversation = Name(),
        Tags = _tagSets[Number() ?? 0],
        Turn = (int?)Number(),
    };

    private Statement Row => _row ?? throw new InvalidOperationException("No row is read.");

    private long? Number() => Row.Number(_next++);

    private string? Text() => Row.Text(_next++);

    private string? Name() => _strings[Row.Int64(_next++)];

    private NanoUsd? Money() => Number() is { } value ? new NanoUsd(value) : null;

    private CallId? Id() => Row.Bytes(_next++) is { Length: CallId.ByteCount } key ? CallId.FromBytes(key) : null;

    private string? Version() => Number() is { } id ? _versions[id] : null;

    private UInt128? Hash() => Row.Bytes(_next++) is { Length: HashBytes } hash ? BinaryPrimitives.ReadUInt128BigEndian(hash) : null;
}
