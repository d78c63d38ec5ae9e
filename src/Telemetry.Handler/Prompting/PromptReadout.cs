using CostLedger.Records;
using CostLedger.Records.Prompts;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Requests;
using Telemetry.Handler.ToolRounds;

namespace Telemetry.Handler.Prompting;

/// <summary>What was read out of a request's prompt. Holds no content.</summary>
internal sealed record PromptReadout
{
    /// <summary>A request that tells nothing.</summary>
    public static PromptReadout Nothing { get; } = new();

    /// <summary>A request whose prompt begins elsewhere.</summary>
    public static PromptReadout OfThread { get; } = Nothing with { Fault = RequestFault.ThreadContinued };

    /// <summary>Why there is no estimate, for the record; null where there is one, or the request's own faults say why.</summary>
    public string? Fault { get; init; }

    /// <summary>The estimate, with what is needed to learn from the answer; null where none could be made.</summary>
    public CallEstimate? Call { get; init; }

    /// <summary>The estimate as the record has it; null where none could be made.</summary>
    public TokenEstimate? Estimate { get; init; }

    /// <summary>What the call costs at most; null without a price or a bound of the output.</summary>
    public NanoUsd? CostMost { get; init; }

    /// <summary>The prompt as the ledger keeps it; null where it is not told in full.</summary>
    public PromptPath? Path { get; init; }

    /// <summary>What it tells of tools.</summary>
    public ToolReadout Tools { get; init; } = ToolReadout.Nothing;

    /// <summary>What it will read from the cache and write to it; null for a call that uses none.</summary>
    public CacheForecast? Cache { get; init; }

    /// <summary>The same as applications are told, with the money; null for a call that uses no cache.</summary>
    public CacheExpectation? Expected { get; init; }
}
