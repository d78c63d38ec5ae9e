using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OtlpExport;

/// <summary>OpenTelemetry without hosting: three lines of wiring, and everything else from the standard variables.</summary>
internal static class Exporter
{
    private const string DefaultEndpoint = "http://localhost:4318";

    public static string ServiceName => Variable("OTEL_SERVICE_NAME") ?? "otlp-export-example";

    public static string Destination => Variable("OTEL_EXPORTER_OTLP_ENDPOINT") ?? DefaultEndpoint;

    /// <summary>Starts exporting; dispose the result before the program ends, or the last batch is lost.</summary>
    /// <returns>The exporter.</returns>
    public static OpenTelemetrySdk Start() => OpenTelemetrySdk.Create(builder =>
    {
        builder
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .WithTracing(tracing => tracing
                .AddSource("Telemetry.Handler")
                .AddSource("com.anthropic.sdk.csharp*")); // The SDK's own span; the handler enriches it instead of making a second one.
        if (Variable("OTEL_METRICS_EXPORTER") is not "none")
        {
            builder.WithMetrics(metrics => metrics.AddMeter("Telemetry.Handler"));
        }

        if (Variable("OTEL_EXPORTER_OTLP_ENDPOINT") is null && Variable("OTEL_EXPORTER_OTLP_PROTOCOL") is null)
        {
            builder.UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, new Uri(DefaultEndpoint));
        }
        else
        {
            builder.UseOtlpExporter();
        }
    });

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
