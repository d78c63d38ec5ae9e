using CostLedger.Pricing;
using CostLedger.Writing;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Labels;
using Telemetry.Handler.Metrics;
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

    public required int MaxRequestBytes { get; init; }

    public required LabelReader Labels { get; init; }

    /// <summary>Names whose rate limits a response tells of; null: nobody is named.</summary>
    public ScopeHash? LimitScopes { get; init; }

    /// <summary>The labels of all calls, under those of scopes and requests.</summary>
    public required LabelSet BaseLabels { get; init; }
}
