using CostLedger.Records;

namespace Telemetry.Handler.Progress;

/// <summary>How far a streamed answer has come, and what it costs so far.</summary>
public sealed record CallProgress
{
    /// <summary>The key that the attempt's record will have in the ledger.</summary>
    public required CallId Id { get; init; }

    /// <summary>What the application said about the call.</summary>
    public required CallLabels Labels { get; init; }

    /// <summary>The model that answers, else the one that was asked for; null when neither is known.</summary>
    public string? Model { get; init; }

    /// <summary>The time since the attempt began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// The whole prompt, cached tokens included: what the stream told at its beginning, else an estimate from the size of the
    /// request, as with Bedrock's Converse, which tells it at the end. Null when neither is known.
    /// </summary>
    public long? InputTokens { get; init; }

    /// <summary>
    /// The output tokens so far: counted from what has arrived, times a factor of the model's generation. Thinking that is not
    /// shown is among them only where the stream tells of it.
    /// </summary>
    public required long OutputTokens { get; init; }

    /// <summary>
    /// What the call costs so far: the input whole, the output as far as it has arrived. What the provider tells only at the end,
    /// such as the number of web searches, is not in it before. Null for a model without a price.
    /// </summary>
    public NanoUsd? Cost { get; init; }

    /// <summary>The cost above which the answer is stopped; null where there is no limit.</summary>
    public NanoUsd? MaxCost { get; init; }

    /// <summary>Whether the provider has told the output tokens: the answer is written, and the figures are the record's.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Whether there was thinking whose text was not sent: until the end, more tokens may be billed than are counted.</summary>
    public bool HasHiddenThinking { get; init; }
}
