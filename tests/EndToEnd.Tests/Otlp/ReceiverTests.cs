using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Testing.Otlp;
using Xunit;

namespace EndToEnd.Tests.Otlp;

/// <summary>The receiver understands what the official exporter sends; only then do other tests that use it prove anything.</summary>
public sealed class ReceiverTests
{
    private const string Scope = "EndToEnd.Tests.ReceiverTests";
    private const string Schema = "https://opentelemetry.io/schemas/1.41.0";

    private static readonly string[] s_list = ["x", "y"];

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task A_span_arrives_with_everything_it_has(OtlpExportProtocol protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        string expectedTrace;
        using (Export(receiver, protocol))
        using (var source = new ActivitySource(new ActivitySourceOptions(Scope) { Version = "1.2.3", TelemetrySchemaUrl = Schema }))
        {
            expectedTrace = MakeSpans(source);
        }

        Assert.Empty(receiver.Faults);
        var parent = receiver.Spans.Single(span => span.Name is "parent");
        var child = receiver.Spans.Single(span => span.Name is "child");
        Assert.Equal((Scope, "1.2.3", Schema), (child.Origin.ScopeName, child.Origin.ScopeVersion, child.Origin.SchemaUrl));
        Assert.Equal("receiver-tests", child.Origin.Resource["service.name"]);
        Assert.Equal((expectedTrace, parent.SpanId, 3), (child.TraceId, child.ParentSpanId, child.Kind));
        Assert.Equal((2, "broken"), (child.Status, child.StatusMessage));
        Assert.Equal("text ü", child.Attributes["a.text"]);
        Assert.Equal(-5L, child.Attributes["a.number"]);
        Assert.Equal(0.25, child.Attributes["a.fraction"]);
        Assert.Equal(true, child.Attributes["a.flag"]);
        Assert.Equal(new List<object?> { "x", "y" }, child.Attributes["a.list"]);
        Assert.Equal("moment", child.Events.Single().Name);
        Assert.Equal(3L, child.Events.Single().Attributes["index"]);
        Assert.Equal(parent.SpanId, child.LinkedSpanIds.Single());
        Assert.True(child.EndNs >= child.StartNs && child.StartNs > 1_600_000_000_000_000_000);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task Metrics_arrive_with_bounds_and_sums(OtlpExportProtocol protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using (var meter = new Meter(new MeterOptions(Scope) { Version = "1.2.3" }))
        using (Export(receiver, protocol))
        {
            MakeMeasurements(meter);
        }

        Assert.Empty(receiver.Faults);
        var counter = receiver.Metrics.First(metric => metric.Name is "test.tokens");
        Assert.Equal(("sum", "{token}", true), (counter.Kind, counter.Unit, counter.IsMonotonic));
        Assert.Equal(7, counter.Points.Single(point => point.Attributes["kind"] is "input").Value);
        var histogram = receiver.Metrics.First(metric => metric.Name is "test.duration");
        var point = histogram.Points.Single();
        Assert.Equal((Scope, "histogram", "s"), (histogram.Origin.ScopeName, histogram.Kind, histogram.Unit));
        Assert.Equal([0.5, 2.0], point.Bounds);
        Assert.Equal([1UL, 1UL, 1UL], point.BucketCounts);
        Assert.Equal((3L, 11.25), (point.Count, point.Value));
        Assert.Equal(4.5, receiver.Metrics.First(metric => metric.Name is "test.level").Points.Single().Value);
    }

    private static OpenTelemetrySdk Export(OtlpReceiver receiver, OtlpExportProtocol protocol) => OpenTelemetrySdk.Create(builder => builder
        .ConfigureResource(resource => resource.AddService("receiver-tests"))
        .WithTracing(tracing => tracing.AddSource(Scope).SetSampler(new AlwaysOnSampler()))
        .WithMetrics(metrics => metrics.AddMeter(Scope))
        .UseOtlpExporter(protocol, protocol == OtlpExportProtocol.Grpc ? receiver.GrpcEndpoint : receiver.HttpEndpoint));

    private static string MakeSpans(ActivitySource source)
    {
        using var parent = source.StartActivity("parent")!;
        using var child = source.StartActivity("child", ActivityKind.Client)!;
        child.SetTag("a.text", "text ü").SetTag("a.number", -5).SetTag("a.fraction", 0.25).SetTag("a.flag", true);
        child.SetTag("a.list", s_list);
        child.AddEvent(new ActivityEvent("moment", tags: new ActivityTagsCollection { ["index"] = 3 }));
        child.AddLink(new ActivityLink(parent.Context));
        child.SetStatus(ActivityStatusCode.Error, "broken");
        return parent.TraceId.ToHexString();
    }

    private static void MakeMeasurements(Meter meter)
    {
        var tokens = meter.CreateCounter<long>("test.tokens", "{token}");
        tokens.Add(3, new KeyValuePair<string, object?>("kind", "input"));
        tokens.Add(4, new KeyValuePair<string, object?>("kind", "input"));
        tokens.Add(1, new KeyValuePair<string, object?>("kind", "output"));
        var duration = meter.CreateHistogram(
            "test.duration",
            "s",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2.0] });
        duration.Record(0.25);
        duration.Record(1);
        duration.Record(10);
        meter.CreateObservableGauge("test.level", () => 4.5);
    }
}
