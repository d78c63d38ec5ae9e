using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Telemetry.Handler.Spans;

/// <summary>The activity source and the meter, one of each for the process: <c>Telemetry.Handler</c>.</summary>
internal sealed class HandlerInstruments
{
    public const string Name = "Telemetry.Handler";

    private const string SchemaUrl = "https://opentelemetry.io/schemas/1.41.0";

    public HandlerInstruments(string name)
    {
        var version = typeof(HandlerInstruments).Assembly.GetName().Version?.ToString(3);
        Source = new ActivitySource(new ActivitySourceOptions(name) { Version = version, TelemetrySchemaUrl = SchemaUrl });
        Metrics = new CallMetrics(new Meter(new MeterOptions(name) { Version = version, TelemetrySchemaUrl = SchemaUrl }));
    }

    public static HandlerInstruments Shared { get; } = new(Name);

    public ActivitySource Source { get; }

    public CallMetrics Metrics { get; }
}
