using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Endpoints;

namespace Telemetry.Handler.Batches.Results;

/// <summary>What the results of one reading have in common.</summary>
internal sealed record ResultContext
{
    /// <summary>The call that reads them.</summary>
    public required MessagesEndpoint Endpoint { get; init; }

    public required string BatchId { get; init; }

    /// <summary>When the batch ended, or when its results are read: what they are priced and dated by.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The model that all requests asked for; null where that is not known.</summary>
    public string? ModelRequested { get; init; }

    /// <summary>The labels of the call that reads them.</summary>
    public required CallLabels Labels { get; init; }

    public required PriceBook Prices { get; init; }
}
