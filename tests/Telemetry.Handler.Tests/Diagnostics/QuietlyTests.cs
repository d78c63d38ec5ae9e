using System.Diagnostics.Tracing;
using Telemetry.Handler.Diagnostics;
using Xunit;

namespace Telemetry.Handler.Tests.Diagnostics;

public sealed class QuietlyTests
{
    [Fact]
    public void Work_that_succeeds_gives_its_result()
    {
        Assert.True(Quietly.Run("fine", 1, static _ => { }));
        Assert.Equal(3, Quietly.Run("fine", 2, static s => s + 1, otherwise: -1));
    }

    [Fact]
    public void Work_that_fails_is_counted_told_and_replaced()
    {
        var place = Guid.NewGuid().ToString("N");
        using var events = new EventCollector(EventLevel.Error).Start();

        var succeeded = Quietly.Run(place, 1, static _ => throw new InvalidOperationException());
        var result = Quietly.Run(place, 1, static int (_) => throw new InvalidOperationException(), otherwise: -1);

        Assert.False(succeeded);
        Assert.Equal(-1, result);
        Assert.Equal(2, OwnFailures.At(place));
        Assert.Equal(2, events.With(place).Count());
    }

    [Fact]
    public async Task Asynchronous_work_that_fails_late_is_caught_as_well()
    {
        var place = Guid.NewGuid().ToString("N");

        var succeeded = await Quietly.RunAsync(place, 1, static async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException();
        });
        var result = await Quietly.RunAsync(place, 1, static async ValueTask<int> (_) =>
        {
            await Task.Yield();
            throw new InvalidOperationException();
        }, otherwise: -1);

        Assert.False(succeeded);
        Assert.Equal(-1, result);
        Assert.Equal(2, OwnFailures.At(place));
    }

    [Fact]
    public void A_span_can_be_handed_over()
    {
        var taken = Quietly.Run("span", "abc".AsSpan(), static s => s.Length, otherwise: -1);

        Assert.Equal(3, taken);
    }

    [Fact]
    public void Work_that_succeeds_allocates_nothing()
    {
        Assert.Equal(0, Allocations.Of(static () => Quietly.Run("fine", 1, static s => s, 0)));
    }
}
