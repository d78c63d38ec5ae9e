using System.Text;
using Telemetry.Handler.Draining;
using Telemetry.Handler.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Streaming;
using Telemetry.Handler.Tests.Streaming;
using Xunit;

namespace Telemetry.Handler.Tests.Draining;

public sealed class DrainableContentTests : IDisposable
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"event {i};")));

    private static readonly int[] Sizes = [1, 7, 4_096];

    private readonly HandlerTelemetry _telemetry = new("drain tests", SemanticConventions.V141);

    public static TheoryData<string, int> Ways => new(
        from way in Reading.AsyncWays.Concat(Reading.SyncWays) from size in Sizes select (way, size));

    public void Dispose() => _telemetry.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_way_of_reading_gives_the_same_bytes(string way, int size)
    {
        var observer = new RecordingObserver();
        using var content = NewContent(new ChunkStream(Bytes, 13) { Waits = true }, observer);

        var stream = await content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var read = await Reading.All(stream, way, size);

        Assert.Equal(Bytes, read);
        Assert.Equal(Bytes, observer.Seen);
        Assert.Equal(TransferEnd.Eof, observer.OnlyEnd);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(100_000)]
    public async Task A_stream_with_one_way_of_reading_is_enough_for_reads_that_can_be_cancelled(int size)
    {
        using var cancel = new CancellationTokenSource();
        var observer = new RecordingObserver();
        using var content = NewContent(new ChunkStream(Bytes, 13) { Waits = true, OnlyMemory = true }, observer);

        await using var stream = await content.ReadAsStreamAsync(cancel.Token);
        var all = new MemoryStream();
        var buffer = new byte[size];
        while (await stream.ReadAsync(buffer, cancel.Token) is > 0 and var read)
        {
            all.Write(buffer, 0, read);
        }

        Assert.Equal(Bytes, all.ToArray());
        Assert.Equal(Bytes, observer.Seen);
    }

    [Fact]
    public async Task Headers_and_length_are_the_inner_contents_own()
    {
        var inner = new ByteArrayContent(Bytes);
        inner.Headers.TryAddWithoutValidation("content-type", "text/event-stream; odd");
        using var bare = NewContent(new ChunkStream(Bytes, 13), new RecordingObserver());
        using var content = new ObservedContent(new DrainableContent(inner, new ObserverGuard(new RecordingObserver()), NewDrainer()), new RecordingObserver());

        Assert.Equal(Bytes.Length, content.Headers.ContentLength);
        Assert.Equal("text/event-stream; odd", content.Headers.NonValidated["content-type"].ToString());
        Assert.Null(bare.Headers.ContentLength);
        Assert.Equal(Bytes, await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_observer_that_wants_no_rest_is_told_of_the_disposal_at_once()
    {
        var inner = new ChunkStream(Bytes, 13);
        var observer = new RecordingObserver();
        var content = NewContent(inner, observer);

        var stream = await content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[5], TestContext.Current.CancellationToken);
        await stream.DisposeAsync();
        content.Dispose();

        Assert.Equal(TransferEnd.Disposed, observer.OnlyEnd);
        Assert.True(inner.Disposals > 0);
    }

    private ObservedContent NewContent(Stream stream, RecordingObserver observer)
    {
        var guard = new ObserverGuard(observer);
        return new ObservedContent(new DrainableContent(new StreamOnlyContent(stream), guard, NewDrainer()), guard);
    }

    private Drainer NewDrainer() => new(new DrainLimits(TimeSpan.FromSeconds(10), 1_000_000, 2, AllProviders: true), TimeProvider.System, _telemetry.Ledger);

    /// <summary>Gives its stream as it is, as the content of a connection does.</summary>
    private sealed class StreamOnlyContent(Stream stream) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(stream);

        protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => stream;

        protected override Task SerializeToStreamAsync(Stream target, System.Net.TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
