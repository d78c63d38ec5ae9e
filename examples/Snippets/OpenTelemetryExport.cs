using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Snippets;

/// <summary>Spans and metrics to a collector over OTLP.</summary>
internal static class OpenTelemetryExport
{
    public static async Task Run(Func<Task> work)
    {
        // snippet: opentelemetry
        using var telemetry = OpenTelemetrySdk.Create(otel => otel
            .ConfigureResource(resource => resource.AddService("my-app"))
            .WithTracing(tracing => tracing.AddSource("Telemetry.Handler"))
            .WithMetrics(metrics => metrics.AddMeter("Telemetry.Handler"))
            .UseOtlpExporter()); // where to: OTEL_EXPORTER_OTLP_ENDPOINT
        // end of snippet
        await work();
    }
}
