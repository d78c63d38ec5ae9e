using System.Diagnostics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Spans;

public sealed class MilestoneEventsTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Activity _span = new Activity("call").Start();

    public MilestoneEventsTests() => _span.IsAllDataRequested = true;

    public void Dispose() => _span.Dispose();

    [Fact]
    public void Milestones_are_events_at_their_times()
    {
        var events = CreateSut();

        events.Reached(SpanEvents.MessageStart, Second);
        events.ContentBlock(2 * Second, 0, "text");
        events.Error(3 * Second, "overloaded_error");

        Assert.Equal(["message_start", "content_block_start", "error"], _span.Events.Select(e => e.Name), StringComparer.Ordinal);
        Assert.Equal([1, 2, 3], _span.Events.Select(e => (e.Timestamp - Calls.StartedAt).TotalSeconds));
        Assert.Equal(
            [new("costledger.block.index", 0), new("costledger.block.type", "text"), new("error.type", "overloaded_error")],
            _span.Events.SelectMany(e => e.Tags));
    }

    [Fact]
    public void Content_blocks_are_bounded()
    {
        var events = CreateSut();

        for (var i = 0; i < 1_000; i++)
        {
            events.ContentBlock(Second, i, "text");
        }

        Assert.Equal(32, _span.Events.Count());
    }

    [Fact]
    public void Only_long_silences_are_stalls_and_they_are_bounded()
    {
        var events = CreateSut();

        events.Gap(Second, TimeSpan.FromSeconds(5));
        Assert.Empty(_span.Events);
        for (var i = 0; i < 100; i++)
        {
            events.Gap(Second, TimeSpan.FromSeconds(6));
        }

        Assert.Equal(8, _span.Events.Count());
        Assert.Equal([new("costledger.stall.gap_s", 6.0)], _span.Events.First().Tags);
    }

    [Fact]
    public void Without_a_span_nothing_is_built()
    {
        var events = new MilestoneEvents(null, Calls.StartedAt);

        Assert.Equal(0, Allocations.Of(() => Reach(events)));
    }

    private static void Reach(MilestoneEvents events)
    {
        events.Reached(SpanEvents.Headers, Second);
        events.ContentBlock(Second, 0, "text");
        events.Error(Second, "x");
        events.Gap(Second, TimeSpan.FromSeconds(9));
    }

    private MilestoneEvents CreateSut() => new(_span, Calls.StartedAt);
}
