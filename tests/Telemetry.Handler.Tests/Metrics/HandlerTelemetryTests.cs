using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using CostLedger.Writing;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;
using Telemetry.Handler.Tests.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Metrics;

public sealed class HandlerTelemetryTests : IDisposable
{
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly HandlerTelemetry _telemetry;
    private readonly HttpRequestMessage _request = Calls.Request();

    public HandlerTelemetryTests() => _telemetry = new HandlerTelemetry(_name, SemanticConventions.V141);

    public void Dispose()
    {
        _telemetry.Dispose();
        _request.Dispose();
    }

    [Fact]
    public void Source_and_meter_have_the_documented_name_a_version_and_a_schema()
    {
        var shared = HandlerTelemetry.Shared(SemanticConventions.V141);

        Assert.Equal(("Telemetry.Handler", "https://opentelemetry.io/schemas/1.41.0"), (shared.Source.Name, shared.Source.TelemetrySchemaUrl));
        Assert.Matches(@"^\d+\.\d+\.\d+$", shared.Source.Version);
        using var metrics = new MetricCollector("Telemetry.Handler");
        Assert.All(metrics.Instruments, i => Assert.Equal(shared.Source.Version, i.Meter.Version));
        Assert.Contains(metrics.Instruments, i => string.Equals(i.Meter.TelemetrySchemaUrl, "https://opentelemetry.io/schemas/1.41.0", StringComparison.Ordinal));
    }

    [Fact]
    public void Handlers_with_the_same_conventions_share_one()
    {
        Assert.Same(HandlerTelemetry.Shared(SemanticConventions.Both), HandlerTelemetry.Shared(SemanticConventions.Both));
        Assert.NotSame(HandlerTelemetry.Shared(SemanticConventions.Both), HandlerTelemetry.Shared(SemanticConventions.Latest));
    }

    [Fact]
    public void Finishing_a_call_that_nobody_listens_to_allocates_nothing()
    {
        var start = Calls.Start(_request);
        var end = Calls.End;

        var allocated = Allocations.Of(() =>
        {
            var span = InferenceSpan.Start(_telemetry.Source, Options, start);
            _telemetry.Finish(span, end);
        });

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Metrics_are_recorded_within_the_span_so_that_they_can_point_at_it()
    {
        using var spans = new SpanCollector(_name);
        using var caller = new Activity("caller").Start();
        Activity? seen = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (string.Equals(instrument.Meter.Name, _name, StringComparison.Ordinal))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => seen = Activity.Current);
        listener.Start();
        var span = InferenceSpan.Start(_telemetry.Source, Options, Calls.Start(_request))!;
        span.Leave();

        _telemetry.Finish(span, Calls.End);

        Assert.Same(Assert.Single(spans.Stopped), seen);
        Assert.Same(caller, Activity.Current);
    }

    [Fact]
    public void The_conventions_metrics_are_left_to_extensions_ai_where_it_is_in_use()
    {
        using var source = new ActivitySource(new ActivitySourceOptions(SpanOwnership.ExtensionsAiSource));
        using var theirs = new SpanCollector(SpanOwnership.ExtensionsAiSource);
        using var metrics = new MetricCollector(_name);
        using var outer = source.StartActivity("chat", ActivityKind.Client)!.SetTag("gen_ai.operation.name", "chat");

        _telemetry.Finish(InferenceSpan.Start(_telemetry.Source, Options, Calls.Start(_request)), Calls.End);

        Assert.Empty(metrics.Of("gen_ai.client.operation.duration"));
        Assert.Single(metrics.Of("costledger.operation.cost"));
    }

    [Theory]
    [InlineData(ClientMetrics.Auto, 0)]
    [InlineData(ClientMetrics.Always, 1)]
    [InlineData(ClientMetrics.Never, 0)]
    public void Below_extensions_ai_the_option_decides_even_when_its_span_has_ended(ClientMetrics clientMetrics, int expected)
    {
        using var source = new ActivitySource(new ActivitySourceOptions(SpanOwnership.ExtensionsAiSource));
        using var theirs = new SpanCollector(SpanOwnership.ExtensionsAiSource);
        using var metrics = new MetricCollector(_name);
        using var outer = source.StartActivity("chat", ActivityKind.Client)!.SetTag("gen_ai.operation.name", "chat");
        var span = InferenceSpan.Start(_telemetry.Source, Options, Calls.Start(_request));
        outer.Stop();

        _telemetry.Finish(span, Calls.End, clientMetrics);

        Assert.Equal(expected, metrics.Of("gen_ai.client.operation.duration").Count());
    }

    [Fact]
    public void The_ledgers_writes_are_metered()
    {
        using var metrics = new MetricCollector(_name);

        _telemetry.Ledger.Wrote(WriteOutcome.Committed, TimeSpan.FromMilliseconds(2));
        _telemetry.Ledger.Wrote(WriteOutcome.Spooled, TimeSpan.FromMilliseconds(250));
        _telemetry.Ledger.Wrote(WriteOutcome.Lost, TimeSpan.FromMilliseconds(250));

        Assert.Equal([(1, "committed"), (1, "spooled"), (1, "lost")], metrics.Of("costledger.ledger.writes", "costledger.ledger.outcome"));
        Assert.Equal([(1, "")], metrics.Of("costledger.ledger.dropped"));
        Assert.Equal([0.002, 0.25, 0.25], metrics.Of("costledger.ledger.write.duration").Select(m => m.Value));
    }

    [Fact]
    public void Queues_are_observed_while_their_owners_live()
    {
        using var metrics = new MetricCollector(_name);
        var alive = new List<int> { 1, 2, 3 };
        _telemetry.Ledger.Watch(alive, static l => l.Count);
        WatchSomethingThatDies();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        metrics.Observe();

        Assert.Equal([(3, "")], metrics.Of("costledger.ledger.queue_depth"));
        GC.KeepAlive(alive);
    }

    [Fact]
    public void Our_own_failures_are_observed()
    {
        using var metrics = new MetricCollector(_name);
        Quietly.Run("a place of this test", 1, static _ => throw new InvalidOperationException());

        metrics.Observe();

        Assert.Contains((1, "a place of this test"), metrics.Of("costledger.handler.failures", "costledger.failure.place"));
    }

    private static readonly SpanOptions Options = new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WatchSomethingThatDies() => _telemetry.Ledger.Watch(new List<int> { 1 }, static l => l.Count);
}
