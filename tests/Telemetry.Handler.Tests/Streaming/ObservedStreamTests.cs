using Telemetry.Handler.Streaming;
using Xunit;

namespace Telemetry.Handler.Tests.Streaming;

public sealed class ObservedStreamTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];

    private readonly RecordingObserver _observer = new();

    public static TheoryData<string> Ways() => [.. Reading.AsyncWays, .. Reading.SyncWays];

    public static TheoryData<string> AsyncWays() => [.. Reading.AsyncWays];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_way_of_reading_delivers_and_shows_all_bytes(string way)
    {
        foreach (var (chunk, buffer) in new[] { (1, 1), (7, 3), (3, 7), (5000, 5000), (7, 1) })
        {
            var observer = new RecordingObserver();
            using var stream = Observe(new ChunkStream(Bytes, chunk), observer);

            var read = await Reading.All(stream, way, buffer);

            Assert.Equal(Bytes, read);
            Assert.Equal(Bytes, observer.Seen);
            Assert.Equal(TransferEnd.Eof, observer.OnlyEnd);
        }
    }

    [Theory]
    [MemberData(nameof(AsyncWays))]
    public async Task Every_asynchronous_way_needs_only_the_memory_overload(string way)
    {
        var inner = new ChunkStream(Bytes, 10) { OnlyMemory = true, Waits = true };
        await using var stream = Observe(inner, _observer);

        Assert.Equal(Bytes, await Reading.All(stream, way, 64));

        Assert.All(inner.Reads, how => Assert.Equal("memory", how));
        Assert.Equal(TransferEnd.Eof, _observer.OnlyEnd);
    }

    [Fact]
    public async Task A_way_of_reading_that_the_inner_stream_lacks_ends_nothing()
    {
        await using var stream = Observe(new ChunkStream(Bytes, 10) { OnlyMemory = true }, _observer);

        Assert.Throws<NotSupportedException>(() => stream.Read(new byte[10]));
        Assert.Throws<NotSupportedException>(() => stream.ReadByte());

        Assert.Empty(_observer.Ends);
        Assert.Equal(Bytes, await Reading.All(stream, "ReadAsync memory", 100));
        Assert.Equal(Bytes, _observer.Seen);
    }

    [Fact]
    public async Task A_read_of_no_bytes_is_not_the_end()
    {
        await using var stream = Observe(new ChunkStream(Bytes, 10), _observer);

        Assert.Equal(0, await Reading.MemoryAsync(stream, Memory<byte>.Empty));
        Assert.Equal(0, await Reading.ArrayAsync(stream, [], 0, 0));
        Assert.Equal(0, stream.Read([]));
        Assert.Equal(0, stream.Read([], 0, 0));

        Assert.Empty(_observer.Ends);
        Assert.Equal(Bytes, await Reading.All(stream, "CopyToAsync", 100));
    }

    [Fact]
    public async Task Reads_after_the_end_give_nothing_and_end_nothing_again()
    {
        await using var stream = Observe(new ChunkStream([1], 10), _observer);
        await Reading.All(stream, "ReadAsync memory", 10);

        Assert.Equal(0, await Reading.MemoryAsync(stream, new byte[10]));
        Assert.Equal(0, stream.Read(new byte[10]));
        Assert.Equal(-1, stream.ReadByte());

        Assert.Equal(TransferEnd.Eof, _observer.OnlyEnd);
    }

    [Fact]
    public async Task Bytes_are_shown_before_the_read_returns_and_the_end_is_awaited()
    {
        var finishing = new TaskCompletionSource();
        var observer = new RecordingObserver { Finishing = finishing.Task };
        await using var stream = Observe(new ChunkStream([1, 2], 2), observer);

        Assert.Equal(2, await Reading.MemoryAsync(stream, new byte[10]));
        Assert.Equal([1, 2], observer.Seen);
        var last = Reading.ArrayAsync(stream, new byte[10], 0, 10);

        Assert.False(last.IsCompleted);
        finishing.SetResult();
        Assert.Equal(0, await last);
        Assert.True(Assert.Single(observer.Ends).Async);
    }

    [Fact]
    public async Task Asynchronous_disposal_waits_for_the_end_after_the_inner_stream_is_gone()
    {
        var finishing = new TaskCompletionSource();
        var observer = new RecordingObserver { Finishing = finishing.Task };
        var inner = new ChunkStream(Bytes, 10);
        var stream = Observe(inner, observer);

        var disposal = stream.DisposeAsync().AsTask();

        Assert.Equal(1, inner.Disposals);
        Assert.False(disposal.IsCompleted);
        finishing.SetResult();
        await disposal;
        Assert.Equal(TransferEnd.Disposed, observer.OnlyEnd);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_passes_unchanged(bool sync)
    {
        var failure = new IOException("connection reset");
        await using var stream = Observe(new ChunkStream(Bytes, 600, failure), _observer);
        var buffer = new byte[5000];

        stream.ReadExactly(buffer, 0, 1000);
        var thrown = sync
            ? Assert.Throws<IOException>(() => stream.Read(buffer))
            : await Assert.ThrowsAsync<IOException>(() => Reading.ArrayAsync(stream, buffer, 0, 10));

        Assert.Same(failure, thrown);
        Assert.Equal((TransferEnd.Faulted, (Exception?)failure, !sync), Assert.Single(_observer.Ends));
        Assert.Equal(Bytes, _observer.Seen);
    }

    [Fact]
    public async Task A_cancelled_read_passes_unchanged()
    {
        await using var stream = Observe(new ChunkStream(Bytes, 10), _observer);
        using var source = new CancellationTokenSource();
        await stream.ReadExactlyAsync(new byte[20], TestContext.Current.CancellationToken);
        await source.CancelAsync();

        var thrown = await Assert.ThrowsAsync<OperationCanceledException>(async () => await stream.ReadExactlyAsync(new byte[1], source.Token));

        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.Equal(TransferEnd.Canceled, _observer.OnlyEnd);
        Assert.Equal(20, _observer.Seen.Length);
    }

    [Fact]
    public async Task A_failing_observer_is_not_noticed()
    {
        var observer = new RecordingObserver { Fails = true };
        var inner = new ChunkStream(Bytes, 10);
        await using (var stream = Observe(inner, observer))
        {
            Assert.Equal(Bytes, await Reading.All(stream, "ReadAsync memory", 100));
        }

        Assert.Equal(10, observer.Seen.Length);
        Assert.Equal(TransferEnd.Eof, observer.OnlyEnd);
        var unread = new RecordingObserver { Fails = true };
        Observe(new ChunkStream(Bytes, 10), unread).Dispose();
        Assert.Equal(TransferEnd.Disposed, unread.OnlyEnd);
    }

    [Fact]
    public void Disposing_early_and_twice_ends_once()
    {
        var inner = new ChunkStream(Bytes, 10);
        var stream = Observe(inner, _observer);
        stream.ReadExactly(new byte[15]);

        stream.Dispose();
        stream.Dispose();

        Assert.Equal(1, inner.Disposals);
        Assert.Equal(TransferEnd.Disposed, _observer.OnlyEnd);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public async Task It_is_a_stream_that_is_only_read()
    {
        await using var stream = Observe(new ChunkStream(Bytes, 10), _observer);

        Assert.True(stream.CanRead && stream.CanTimeout && !stream.CanSeek && !stream.CanWrite);
        Assert.Equal((17, 18), (stream.ReadTimeout, stream.WriteTimeout));
        stream.ReadTimeout = stream.WriteTimeout = 5;
        Assert.Equal((5, 5), (stream.ReadTimeout, stream.WriteTimeout));
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.Position = 1);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
        Assert.Throws<NotSupportedException>(() => stream.Write([1], 0, 1));
        Assert.Throws<NotSupportedException>(() => stream.Write([1]));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await stream.WriteAsync(new byte[1], TestContext.Current.CancellationToken));
        stream.Flush();
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentNullException>(() => stream.Read(null!, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Read(new byte[1], 0, 2));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Reading.ArrayAsync(stream, new byte[1], 2, 0));
        Assert.Empty(_observer.Ends);
    }

    private static ObservedStream Observe(Stream inner, IResponseObserver observer) => new(inner, new ObserverGuard(observer));
}
