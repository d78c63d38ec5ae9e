using System.Diagnostics;
using System.Diagnostics.Metrics;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Metrics;

/// <summary>The source of our spans, and our meter with its instruments.</summary>
internal sealed class HandlerTelemetry : IDisposable
{
    /// <summary>The name to give to <c>AddSource</c> and <c>AddMeter</c>.</summary>
    public const string DefaultName = "Telemetry.Handler";

    // Handlers come and go with their clients; sources and meters of the same name must not pile up with them.
    private static readonly Lazy<HandlerTelemetry> V141 = new(static () => new HandlerTelemetry(DefaultName, SemanticConventions.V141));
    private static readonly Lazy<HandlerTelemetry> Latest = new(static () => new HandlerTelemetry(DefaultName, SemanticConventions.Latest));
    private static readonly Lazy<HandlerTelemetry> Both = new(static () => new HandlerTelemetry(DefaultName, SemanticConventions.Both));

    private readonly Meter _meter;

    /// <summary>Makes a source and a meter; tests give names of their own.</summary>
    /// <param name="name">The name of both.</param>
    /// <param name="conventions">The names that are emitted.</param>
    /// <param name="time">The clock that says which limits are out of date; null: the machine's.</param>
    public HandlerTelemetry(string name, SemanticConventions conventions, TimeProvider? time = null)
    {
        var version = typeof(HandlerTelemetry).Assembly.GetName().Version?.ToString(3);
        Source = new ActivitySource(new ActivitySourceOptions(name) { Version = version, TelemetrySchemaUrl = conventions.SchemaUrl() });
        _meter = new Meter(new MeterOptions(name) { Version = version, TelemetrySchemaUrl = conventions.SchemaUrl() });
        Calls = new CallMetrics(_meter, conventions);
        RateLimits = new RateLimitMetrics(_meter, time ?? TimeProvider.System);
        Ledger = new LedgerMetrics(_meter);
    }

    public ActivitySource Source { get; }

    public CallMetrics Calls { get; }

    public RateLimitMetrics RateLimits { get; }

    public LedgerMetrics Ledger { get; }

    /// <summary>The one of the process that every handler with the same conventions shares. It is never disposed.</summary>
    public static HandlerTelemetry Shared(SemanticConventions conventions) => conventions switch
    {
        SemanticConventions.Latest => Latest.Value,
        SemanticConventions.Both => Both.Value,
        _ => V141.Value,
    };

    /// <summary>Tells the end of a call: metrics within the span, so that they can point at it, then the span's end.</summary>
    /// <param name="span">The call's trace; null when there is none.</param>
    /// <param name="end">The end.</param>
    /// <param name="clientMetrics">When the conventions' metrics are recorded.</param>
    public void Finish(InferenceSpan? span, in CallEnd end, ClientMetrics clientMetrics = ClientMetrics.Auto)
    {
        RateLimits.Saw(end.Record);
        if (span is null)
        {
            Calls.Record(end, WithConventions(span, clientMetrics));
            return;
        }

        var withConventions = WithConventions(span, clientMetrics);
        CurrentActivity.Run(span.Activity, (Calls, end, withConventions), static s => s.Calls.Record(s.end, s.withConventions));
        span.Finish(end);
    }

    /// <summary>Whether the conventions' metrics of a call are ours to record; Microsoft.Extensions.AI records them itself.</summary>
    public static bool WithConventions(InferenceSpan? span, ClientMetrics clientMetrics) =>
        clientMetrics == ClientMetrics.Always || (clientMetrics == ClientMetrics.Auto && span is not { IsInExtensionsAi: true });

    public void Dispose()
    {
        Source.Dispose();
        _meter.Dispose();
    }
}
