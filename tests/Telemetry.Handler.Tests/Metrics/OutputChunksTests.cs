using Telemetry.Handler.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Tests.Attempts;
using Telemetry.Handler.Tests.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Metrics;

public sealed class OutputChunksTests
{
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly Clock _time = new();

    [Theory]
    [InlineData(SemanticConventions.V141, "gen_ai.client.operation.time_per_output_chunk")]
    [InlineData(SemanticConventions.Latest, "gen_ai.client.inference.time_per_output_chunk")]
    public void Each_piece_after_the_first_has_its_time_and_those_that_arrive_together_have_none(SemanticConventions conventions, string name)
    {
        using var telemetry = new HandlerTelemetry(_name, conventions);
        using var metrics = new MetricCollector(_name);
        var chunks = telemetry.Calls.WatchChunks(Calls.Record, _time)!;

        chunks.Saw(2);
        _time.Pass(TimeSpan.FromSeconds(1));
        chunks.Saw(2);
        _time.Pass(TimeSpan.FromSeconds(2));
        chunks.Saw(4);

        Assert.Equal([(0, "chat"), (3, "chat"), (0, "chat")], metrics.Of(name, "gen_ai.operation.name"));
    }

    [Fact]
    public void Without_a_listener_nothing_is_watched()
    {
        using var telemetry = new HandlerTelemetry(_name, SemanticConventions.Both);

        Assert.Null(telemetry.Calls.WatchChunks(Calls.Record, _time));
    }

    [Fact]
    public void A_piece_allocates_nothing()
    {
        using var telemetry = new HandlerTelemetry(_name, SemanticConventions.Both);
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (string.Equals(instrument.Meter.Name, _name, StringComparison.Ordinal))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.Start();
        var chunks = telemetry.Calls.WatchChunks(Calls.Record, _time)!;
        var pieces = 0;

        Assert.Equal(0, Allocations.Of(() => chunks.Saw(pieces += 3)));
    }
}
