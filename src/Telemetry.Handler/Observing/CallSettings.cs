using CostLedger.Pricing;
using CostLedger.Writing;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Observing;

/// <summary>What every call of one handler shares. Immutable: later changes of the options do not reach it.</summary>
internal sealed record CallSettings
{
    public required ICallLedger? Ledger { get; init; }

    public required PriceBook Prices { get; init; }

    public required TimeProvider Time { get; init; }

    public required HandlerTelemetry Telemetry { get; init; }

    public required long MaxRequestBytes { get; init; }

    public required TimeSpan StallThreshold { get; init; }

    public required LabelSettings Labels { get; init; }
}
