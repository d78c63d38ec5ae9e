using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Streaming;
using Xunit;

namespace Telemetry.Handler.Tests.Streaming;

public sealed class ObserverGuardTests
{
    [Fact]
    public async Task Of_many_ends_at_once_one_is_told_and_no_bytes_follow_it()
    {
        for (var round = 0; round < 200; round++)
        {
            var observer = new RecordingObserver();
            var guard = new ObserverGuard(observer);
            using var start = new Barrier(4);

            void Run(Action action)
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                action();
            }

            await Task.WhenAll(
                Task.Run(() => Run(() => guard.End(TransferEnd.Disposed, error: null)), TestContext.Current.CancellationToken),
                Task.Run(() => Run(() => guard.EndAsync(TransferEnd.Eof, error: null).AsTask().Wait(TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken),
                Task.Run(() => Run(() => guard.Bytes([1, 2, 3])), TestContext.Current.CancellationToken),
                Task.Run(() => Run(() => guard.End(TransferEnd.Faulted, error: null)), TestContext.Current.CancellationToken));

            Assert.Single(observer.Ends);
            guard.Bytes([4]);
            Assert.False(observer.SawBytesAfterEnd);
        }
    }

    [Fact]
    public void A_failure_of_the_observer_is_counted_where_it_can_be_seen()
    {
        var before = OwnFailures.At("observe bytes");

        new ObserverGuard(new RecordingObserver { Fails = true }).Bytes([1]);

        Assert.True(OwnFailures.At("observe bytes") > before);
    }

    [Fact]
    public void An_observer_that_fails_is_shown_no_more_bytes_but_the_end()
    {
        var observer = new RecordingObserver { Fails = true };
        var guard = new ObserverGuard(observer);

        guard.Bytes([1]);
        guard.Bytes([2]);
        guard.End(TransferEnd.Eof, error: null);

        Assert.Equal([1], observer.Seen);
        Assert.Equal(TransferEnd.Eof, observer.OnlyEnd);
    }

    [Fact]
    public void A_way_of_reading_that_is_missing_is_no_end()
    {
        Assert.Null(ObserverGuard.EndOf(new NotSupportedException()));
        Assert.Null(ObserverGuard.EndOf(new NotImplementedException()));
        Assert.Equal(TransferEnd.Canceled, ObserverGuard.EndOf(new TaskCanceledException()));
        Assert.Equal(TransferEnd.Faulted, ObserverGuard.EndOf(new HttpRequestException()));
    }
}
