using System.Collections.Concurrent;
using CostLedger.Querying;
using CostLedger.Querying.Prompts;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Writing;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Estimating;
using Telemetry.Handler.Estimating.Calibrating;
using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Estimating.Sizing;
using Telemetry.Handler.Prompting.Caches;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Tries;
using Telemetry.Handler.Tokens;
using Telemetry.Handler.ToolRounds;

namespace Telemetry.Handler.Prompting;

/// <summary>
/// What the handlers of one ledger share to read prompts: the tree of what was seen, what was learned of models and answers. Thread-safe.
/// </summary>
internal sealed class PromptWatch
{
    private const byte Own = 1;
    private const byte Foreign = 2;

    private readonly ITokenCounter _counter;
    private readonly ISegmentCounter _segments;
    private readonly byte _tokenizer;
    private readonly Lazy<PromptTrie> _trie;
    private readonly CallEstimator _estimator = new();
    private readonly OutputHistory _outputs = new();
    private volatile bool _isWarm;
    private volatile bool _isPrepared;
    private readonly ConcurrentBag<ToolReader> _tools = [];

    /// <param name="key">The key of the hashes.</param>
    /// <param name="counter">The tokenizer; null: the default.</param>
    /// <param name="memoryBytes">The most bytes to remember prompts in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caches">The cache model.</param>
    public PromptWatch(Lazy<byte[]> key, ITokenCounter? counter, long memoryBytes, TimeProvider time, CacheWatch caches)
    {
        Caches = caches;
        _counter = counter ?? TokenCounter.O200kBase;
        _segments = caches.Over(new SegmentCounter(_counter));
        _tokenizer = counter is null ? Own : Foreign;
        _trie = new Lazy<PromptTrie>(() => new PromptTrie(key.Value, memoryBytes, time));
    }

    /// <summary>The cache model.</summary>
    public CacheWatch Caches { get; }

    /// <summary>Whether the vocabulary is there.</summary>
    public bool IsWarm => _isWarm;

    /// <summary>Whether all that was known before was learned.</summary>
    public bool IsPrepared
    {
        get => _isPrepared;
        set => _isPrepared = value;
    }

    /// <summary>Reads a prompt and estimates it.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="question">The call.</param>
    public PromptReadout Read(ReadOnlySpan<byte> body, PromptQuestion question)
    {
        using var reading = _trie.Value.Read(body, _segments, _tokenizer);
        var prompt = reading.Prompt;
        if (prompt.Segments.Count == 0 || (prompt.Faults & (SegmentFaults.Malformed | SegmentFaults.ThreadContinued)) != SegmentFaults.None)
        {
            return prompt.Faults.HasFlag(SegmentFaults.ThreadContinued) ? PromptReadout.OfThread : PromptReadout.Nothing;
        }

        var parameters = PromptParameters.Of(prompt, body, question.Request, question.IsInterleaved, _counter);
        var call = _estimator.Estimate(prompt, body, question.Pricing.Model, parameters, reading.Hasher);
        var cache = question.Cache is { } asked ? Caches.Foresee(reading, body, question.Request, asked, call) : null;
        var forecast = cache?.Forecast;
        call = AtLeast(call, forecast);
        return new PromptReadout
        {
            Call = call,
            Estimate = Estimate(question, call, forecast),
            CostMost = CostExpectation.Most(question, call),
            Path = cache is { Settings: var settings } && question.Cache is { Scope.Workspace: var workspace }
                ? reading.Path! with { Scope = WorkspaceHash.ToText(workspace), Settings = settings }
                : reading.Path,
            Tools = ReadTools(reading, body, question.LoopRounds),
            Cache = forecast,
            Expected = forecast is null ? null : Expect(question, call, forecast),
        };
    }

    /// <summary>Learns from a measured call.</summary>
    /// <param name="readout">What was read before.</param>
    /// <param name="input">The input tokens that the provider told, those of the cache included; null where others took part in them.</param>
    /// <param name="output">The output tokens of a whole answer; null where there was none.</param>
    public void Learn(PromptReadout readout, long? input, long? output)
    {
        if (readout.Call is not { } call)
        {
            return;
        }

        if (input is { } tokens)
        {
            _estimator.Learn(call, tokens);
        }

        if (output is { } length)
        {
            _outputs.Add(call.Model, length);
        }
    }

    /// <summary>Learns from what other processes measured, and this one before it was started anew.</summary>
    /// <param name="ledger">The ledger.</param>
    public void Learn(LedgerReader ledger)
    {
        Caches.Learn(ledger);
        foreach (var call in ledger.LastEstimates(ModelHistory.Kept))
        {
            if (call.Sources is { } sources && string.Equals(call.Tokenizer, _counter.Name, StringComparison.Ordinal))
            {
                _estimator.Learn(call.Model, Vector(sources), call.Actual);
            }

            if (call.OutputTokens is { } output)
            {
                _outputs.Add(OverheadTable.Normalize(call.Model), output);
            }
        }
    }

    /// <summary>What became of a record, so that its nodes are not sent again.</summary>
    public void Confirm(PromptPath path, WriteOutcome outcome) => _trie.Value.Confirm(path, outcome);

    /// <summary>Reads the vocabulary, which the first call would wait for otherwise.</summary>
    public void Warm()
    {
        _counter.Count("Warm."u8);
        _isWarm = true;
    }

    private ToolReadout ReadTools(PromptTrie.PromptReading reading, ReadOnlySpan<byte> body, int loopRounds)
    {
        if (!reading.Prompt.Segments.Exists(static s => s.Kind is SegmentKind.ToolResult or SegmentKind.ServerToolResult))
        {
            return ToolReadout.Nothing;
        }

        // As many as threads read at once; the memory of each is bounded.
        var tools = _tools.TryTake(out var pooled) ? pooled : new ToolReader();
        var readout = tools.Read(reading.Prompt, body, reading.Chains, reading.Hasher, loopRounds);
        _tools.Add(tools);
        return readout;
    }

    // What is read was measured: the whole is not less, whatever the estimate says.
    private static CallEstimate AtLeast(CallEstimate call, CacheForecast? cache) =>
        cache is { IsReadKnown: true } && cache.ReadTokens >= call.InputTokens
            ? call with { InputTokens = cache.TotalTokens, InputTokensHigh = Math.Max(call.InputTokensHigh, cache.TotalTokens) }
            : call;

    private static CacheExpectation Expect(PromptQuestion question, CallEstimate call, CacheForecast cache)
    {
        var shares = CacheShares.Of(cache, call.InputTokens);
        return new CacheExpectation
        {
            ReadTokens = shares.Read,
            Write5mTokens = shares.Write5m,
            Write1hTokens = shares.Write1h,
            UncachedTokens = shares.Uncached,
            Cost = CostExpectation.OfPrompt(question, shares),
            Breakpoints = cache.Breakpoints,
            TokensShort = cache.TokensShort,
            Previous = cache.Previous,
            Break = CostExpectation.OfBreak(question, cache),
        };
    }

    private TokenEstimate Estimate(PromptQuestion question, CallEstimate call, CacheForecast? cache)
    {
        var output = _outputs.Expect(call.Model, question.Request.MaxTokens);
        var (likely, low, high) = CostExpectation.Of(question, call, output, cache);
        var cold = Sources(call.Cold);
        return new TokenEstimate
        {
            InputTokens = call.InputTokens,
            InputTokensLow = call.InputTokensLow,
            InputTokensHigh = call.InputTokensHigh,
            ColdInputTokens = cold.Total,
            Sources = cold,
            ExpectedCacheReadTokens = cache is { Breakpoints: > 0 } ? CacheShares.Of(cache, call.InputTokens).Read : null,
            ExpectedOutputTokens = output.Likely,
            ExpectedOutputTokensLow = output.Low,
            ExpectedOutputTokensHigh = output.High,
            ExpectedCost = likely,
            ExpectedCostLow = low,
            ExpectedCostHigh = high,
            Tokenizer = _counter.Name,
        };
    }

    private static InputBySource Sources(in SourceVector cold)
    {
        static long Round(double tokens) => (long)Math.Round(tokens);
        return new InputBySource
        {
            Tools = Round(cold[PromptSource.Tools]),
            System = Round(cold[PromptSource.System]),
            Messages = Round(cold[PromptSource.Messages]),
            ToolUses = Round(cold[PromptSource.ToolUses]),
            ToolResults = Round(cold[PromptSource.ToolResults]),
            Thinking = Round(cold[PromptSource.Thinking]),
            Images = Round(cold[PromptSource.Images]),
            Documents = Round(cold[PromptSource.Documents]),
            Overhead = Round(cold[PromptSource.Overhead]),
        };
    }

    private static SourceVector Vector(in InputBySource sources) => new()
    {
        [PromptSource.Tools] = sources.Tools,
        [PromptSource.System] = sources.System,
        [PromptSource.Messages] = sources.Messages,
        [PromptSource.ToolUses] = sources.ToolUses,
        [PromptSource.ToolResults] = sources.ToolResults,
        [PromptSource.Thinking] = sources.Thinking,
        [PromptSource.Images] = sources.Images,
        [PromptSource.Documents] = sources.Documents,
        [PromptSource.Overhead] = sources.Overhead,
    };
}
