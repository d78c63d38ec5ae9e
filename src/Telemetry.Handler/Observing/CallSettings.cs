using CostLedger.Pricing;
using CostLedger.Writing;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Batches;
using Telemetry.Handler.Connections;
using Telemetry.Handler.Content.Parts;
using Telemetry.Handler.Draining;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Events;
using Telemetry.Handler.Labels;
using Telemetry.Handler.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Progress;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Prompting.Caches;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Observing;

/// <summary>What every call of one handler shares. Immutable: later changes of the options do not reach it.</summary>
internal sealed record CallSettings
{
    public required ICallLedger? Ledger { get; init; }

    public required PriceBook Prices { get; init; }

    public required TimeProvider Time { get; init; }

    public required HandlerTelemetry Telemetry { get; init; }

    public required SpanOptions Spans { get; init; }

    public required AttemptGroups Attempts { get; init; }

    /// <summary>Reads on what callers leave unread; null: nothing is.</summary>
    public required Drainer? Drainer { get; init; }

    public ModelAliases Aliases { get; init; } = ModelAliases.None;

    /// <summary>When the conventions' metrics are recorded.</summary>
    public ClientMetrics ClientMetrics { get; init; }

    /// <summary>Whether the time between pieces of output is recorded.</summary>
    public bool ChunkMetrics { get; init; }

    /// <summary>The log events; null when there is no logger.</summary>
    public CallEvents? Events { get; init; }

    /// <summary>How content is captured; null when it is not.</summary>
    public ContentOptions? Content { get; init; }

    /// <summary>Who wants to know how far answers have come.</summary>
    public ProgressSettings Progress { get; init; } = ProgressSettings.None;

    public BatchMemory Batches { get; init; } = BatchMemory.Shared;

    public required int MaxRequestBytes { get; init; }

    /// <summary>Tells connections apart; null when nobody asks.</summary>
    public ConnectionListener? Connections { get; init; }

    /// <summary>Reads prompts; null when nobody wants estimates.</summary>
    public PromptWatch? Prompts { get; init; }

    /// <summary>Tells whose prompt cache a request uses.</summary>
    public required WorkspaceHash Workspaces { get; init; }

    /// <summary>How often a tool does the same until it is a loop; 0: nobody asks.</summary>
    public int LoopRounds { get; init; }

    /// <summary>Whether the estimate is made before the request is sent.</summary>
    public bool EstimateFirst { get; init; }

    /// <summary>Is told what a call is expected to take; null: nobody is.</summary>
    public Action<CallExpectation>? OnEstimate { get; init; }

    /// <summary>Is asked whether a call may be sent; null: all may.</summary>
    public Func<CallExpectation, bool>? AllowSend { get; init; }

    public required LabelReader Labels { get; init; }

    /// <summary>Names whose rate limits a response tells of; null: nobody is named.</summary>
    public ScopeHash? LimitScopes { get; init; }

    /// <summary>The labels of all calls, under those of scopes and requests.</summary>
    public required LabelSet BaseLabels { get; init; }
}
