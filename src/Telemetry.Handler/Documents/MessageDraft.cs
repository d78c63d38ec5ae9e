using CostLedger.Records;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Documents;

/// <summary>What one document told, or what all documents of an answer told together.</summary>
internal sealed class MessageDraft
{
    /// <summary>The most iterations that are kept.</summary>
    public const int MostIterations = 256;

    private readonly string?[] _texts = new string?[Field.LastText - Field.FirstText + 1];

    public EventType Type { get; set; }

    public Counts Counts { get; } = new();

    /// <summary>Null where the document has no list of iterations.</summary>
    public List<UsageIteration>? Iterations { get; set; }

    public Received Received { get; set; }

    public long ContentBlocks { get; set; }

    public bool HasUsage { get; set; }

    /// <summary>Whether there was thinking whose text was not sent.</summary>
    public bool HiddenThinking { get; set; }

    public bool Compacted { get; set; }

    public bool ContextEdited { get; set; }

    public AnswerFaults Faults { get; set; }

    public string? this[Field field]
    {
        get => _texts[field - Field.FirstText];
        set => _texts[field - Field.FirstText] = value;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Type = EventType.Unknown;
        Array.Clear(_texts);
        Counts.Clear();
        Iterations = null;
        Received = default;
        ContentBlocks = 0;
        HasUsage = HiddenThinking = Compacted = ContextEdited = false;
        Faults = AnswerFaults.None;
    }

    /// <summary>Forgets the usage: a second one in the same document replaces the first.</summary>
    public void ClearUsage()
    {
        Counts.ClearUsage();
        Iterations = null;
        this[Field.ServiceTier] = this[Field.Speed] = this[Field.InferenceGeo] = this[Field.FallbackCredit] = null;
    }

    /// <summary>
    /// Takes over what a later document tells, value by value. Its counts replace and are never added up, since each usage of a
    /// stream is the whole so far; what it leaves out stays. Only what was received adds up.
    /// </summary>
    public void Overlay(MessageDraft later)
    {
        for (var i = 0; i < _texts.Length; i++)
        {
            _texts[i] = later._texts[i] ?? _texts[i];
        }

        Counts.Merge(later.Counts);
        Iterations = later.Iterations ?? Iterations;
        Received += later.Received;
        ContentBlocks += later.ContentBlocks;
        HasUsage |= later.HasUsage;
        HiddenThinking |= later.HiddenThinking;
        Compacted |= later.Compacted;
        ContextEdited |= later.ContextEdited;
        Faults |= later.Faults;
    }

    /// <summary>Bedrock's own measurements; null where there are none.</summary>
    public InvocationMetrics? ToInvocationMetrics()
    {
        var metrics = new InvocationMetrics
        {
            InputTokens = Counts[Field.MeteredInput],
            OutputTokens = Counts[Field.MeteredOutput],
            CacheReadInputTokens = Counts[Field.MeteredCacheRead],
            CacheWriteInputTokens = Counts[Field.MeteredCacheWrite],
            InvocationLatency = Milliseconds(Field.InvocationLatency),
            FirstByteLatency = Milliseconds(Field.FirstByteLatency),
        };
        return metrics == new InvocationMetrics() ? null : metrics;
    }

    public TokenUsage ToUsage() => new()
    {
        InputTokens = Counts[Field.Input],
        OutputTokens = Counts[Field.Output],
        CacheReadInputTokens = Counts[Field.CacheRead],
        CacheCreationInputTokens = Counts[Field.CacheWrite],
        CacheCreation5mInputTokens = Counts[Field.CacheWrite5m],
        CacheCreation1hInputTokens = Counts[Field.CacheWrite1h],
        ThinkingTokens = Counts[Field.Thinking],
        WebSearchRequests = Counts[Field.WebSearch],
        WebFetchRequests = Counts[Field.WebFetch],
        CodeExecutionRequests = Counts[Field.CodeExecution],
        ServiceTier = this[Field.ServiceTier] ?? (this[Field.ConverseTier] is "default" ? "standard" : this[Field.ConverseTier]),
        Speed = this[Field.Speed],
        InferenceGeo = this[Field.InferenceGeo],
        FallbackCreditStatus = this[Field.FallbackCredit],
        Iterations = Iterations is null ? [] : [.. Iterations],
    };

    private TimeSpan? Milliseconds(Field field) => Counts[field] is { } value ? TimeSpan.FromMilliseconds(value) : null;
}
