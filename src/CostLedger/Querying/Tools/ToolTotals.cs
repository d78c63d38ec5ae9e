using CostLedger.Querying.Latency;
using CostLedger.Records;

namespace CostLedger.Querying.Tools;

/// <summary>What one tool took. Tokens are estimates by the ledger's tokenizer, scaled to what the provider counted of the whole prompt.</summary>
public sealed record ToolTotals
{
    /// <summary>The tool's name; null for names that the API would not take.</summary>
    public required string? Name { get; init; }

    /// <summary>Whether the provider runs it.</summary>
    public required bool IsServer { get; init; }

    /// <summary>Calls of it with their results, each once.</summary>
    public required long Rounds { get; init; }

    /// <summary>The rounds whose result was an error.</summary>
    public required long Errors { get; init; }

    /// <summary>
    /// From the end of the answer that asked to the start of the request that brought the result; for several calls of one answer, that of
    /// all of them together. Null where never known: for the provider's tools, and where the answer's call is not in the ledger.
    /// </summary>
    public required Percentiles<TimeSpan>? Time { get; init; }

    /// <summary>The tokens of its calls: output of the model.</summary>
    public required long UseTokens { get; init; }

    /// <summary>The tokens of its results: input of the requests that brought them.</summary>
    public required long ResultTokens { get; init; }

    /// <summary>What the results cost as new input of those requests. That they are read again in later ones is not in it.</summary>
    public required NanoUsd ResultCost { get; init; }

    /// <summary>The tokens of its definition, on average over the calls it was sent with; 0 where it was not sent.</summary>
    public required long DefinitionTokens { get; init; }

    /// <summary>The calls that its definition was sent with.</summary>
    public required long SentCalls { get; init; }

    /// <summary>What its definition cost as part of these calls' input: at the price of reading where the cache covers its place.</summary>
    public required NanoUsd DefinitionCost { get; init; }

    /// <summary>The tokens of its definition in all these calls.</summary>
    public required long DefinitionTokensSent { get; init; }

    /// <summary>Whether it was sent, and never used.</summary>
    public bool IsUnused => SentCalls > 0 && Rounds == 0;
}
