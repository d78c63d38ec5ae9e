using System.Net;
using Telemetry.Handler.Streaming;
using Xunit;

namespace Telemetry.Handler.Tests.Streaming;

public sealed class ObservedContentTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 13))];

    private readonly RecordingObserver _observer = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ReadAsStreamAsync")]
    [InlineData("ReadAsStream")]
    [InlineData("ReadAsByteArrayAsync")]
    [InlineData("CopyToAsync")]
    [InlineData("CopyTo")]
    [InlineData("LoadIntoBufferAsync")]
    public async Task Every_way_of_reading_delivers_and_shows_all_bytes(string way)
    {
        var inner = new ChunkStream(Bytes, 100);
        var copy = new MemoryStream();
        using (var content = new ObservedContent(new StreamContentOf(inner), _observer))
        {
            switch (way)
            {
                case "ReadAsStreamAsync":
                    await (await content.ReadAsStreamAsync(Token)).CopyToAsync(copy, Token);
                    break;
                case "ReadAsStream":
                    content.ReadAsStream(Token).CopyTo(copy);
                    break;
                case "ReadAsByteArrayAsync":
                    copy.Write(await content.ReadAsByteArrayAsync(Token));
                    break;
                case "CopyToAsync":
                    await content.CopyToAsync(copy, Token);
                    break;
                case "CopyTo":
                    content.CopyTo(copy, context: null, Token);
                    break;
                default:
                    await content.LoadIntoBufferAsync(Token);
                    Assert.Equal(TransferEnd.Eof, _observer.OnlyEnd);
                    await (await content.ReadAsStreamAsync(Token)).CopyToAsync(copy, Token);
                    break;
            }
        }

        Assert.Equal(Bytes, copy.ToArray());
        Assert.Equal(Bytes, _observer.Seen);
        Assert.Equal(TransferEnd.Eof, _observer.OnlyEnd);
        Assert.True(inner.Disposals > 0);
    }

    [Fact]
    public async Task Content_whose_stream_has_only_the_memory_overload_can_be_buffered()
    {
        var inner = new ChunkStream(Bytes, 100) { OnlyMemory = true, Waits = true };
        using var content = new ObservedContent(new StreamContentOf(inner), _observer);

        await content.LoadIntoBufferAsync(Token);

        Assert.Equal(Bytes, await content.ReadAsByteArrayAsync(Token));
        Assert.Equal(Bytes, _observer.Seen);
    }

    [Fact]
    public async Task Headers_are_kept_as_they_came()
    {
        using var plain = new ByteArrayContent(Bytes);
        plain.Headers.TryAddWithoutValidation("Content-Type", "text/event-stream; charset=utf-8;;");
        plain.Headers.TryAddWithoutValidation("Content-Encoding", ["gzip", "br"]);
        plain.Headers.TryAddWithoutValidation("Content-Length", "3000");
        plain.Headers.TryAddWithoutValidation("X-Odd", "a\tb, c");
        plain.Headers.TryAddWithoutValidation("Last-Modified", "not a date");
        using var content = new ObservedContent(plain, _observer);

        static IEnumerable<string> All(HttpContent of) => of.Headers.NonValidated.Select(h => h.Key + "=" + string.Join("|", h.Value));

        Assert.Equal(All(plain), All(content), StringComparer.Ordinal);
        Assert.Equal(3000, content.Headers.ContentLength);
        Assert.Equal(Bytes, await content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public void A_length_that_was_not_told_stays_unknown()
    {
        using var content = new ObservedContent(new StreamContentOf(new ChunkStream(Bytes, 10)), _observer);

        Assert.Null(content.Headers.ContentLength);
        Assert.Empty(content.Headers.NonValidated);
    }

    [Fact]
    public void A_length_that_the_inner_content_can_compute_is_known()
    {
        using var content = new ObservedContent(new ByteArrayContent(Bytes), _observer);

        Assert.Empty(content.Headers.NonValidated);
        Assert.Equal(3000, content.Headers.ContentLength);
    }

    [Fact]
    public void Disposing_unread_content_is_an_end()
    {
        var inner = new StreamContentOf(new ChunkStream(Bytes, 10));
        var content = new ObservedContent(inner, _observer);

        content.Dispose();
        content.Dispose();

        Assert.True(inner.IsDisposed);
        Assert.Equal(TransferEnd.Disposed, _observer.OnlyEnd);
    }

    [Fact]
    public async Task Content_and_stream_end_once_between_them()
    {
        var content = new ObservedContent(new StreamContentOf(new ChunkStream(Bytes, 10)), _observer);
        var stream = await content.ReadAsStreamAsync(Token);
        await stream.ReadExactlyAsync(new byte[10], Token);

        await stream.DisposeAsync();
        content.Dispose();

        Assert.Equal(TransferEnd.Disposed, _observer.OnlyEnd);
        Assert.True(_observer.Ends[0].Async);
    }

    [Fact]
    public async Task Disposing_content_ends_the_stream_that_is_being_read()
    {
        var inner = new ChunkStream(Bytes, 10);
        var content = new ObservedContent(new StreamContentOf(inner), _observer);
        await (await content.ReadAsStreamAsync(Token)).ReadExactlyAsync(new byte[10], Token);

        content.Dispose();

        Assert.Equal(TransferEnd.Disposed, _observer.OnlyEnd);
        Assert.True(inner.Disposals > 0);
    }

    [Fact]
    public async Task Content_that_cannot_be_opened_fails_as_it_would_alone()
    {
        var failure = new IOException("no stream");
        using var content = new ObservedContent(new StreamContentOf(failure), _observer);

        Assert.Same(failure, await Assert.ThrowsAsync<IOException>(() => content.ReadAsStreamAsync(Token)));

        Assert.Equal((TransferEnd.Faulted, (Exception?)failure, true), Assert.Single(_observer.Ends));
    }

    [Fact]
    public async Task A_copy_whose_target_fails_ends_as_disposed()
    {
        using var content = new ObservedContent(new StreamContentOf(new ChunkStream(Bytes, 10)), _observer);

        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(new FullStream(), Token));

        Assert.Equal(TransferEnd.Disposed, _observer.OnlyEnd);
        Assert.Equal(10, _observer.Seen.Length);
    }

    [Theory]
    [InlineData(HttpCompletionOption.ResponseContentRead)]
    [InlineData(HttpCompletionOption.ResponseHeadersRead)]
    public async Task A_client_gets_the_same_answer_and_the_end_before_it(HttpCompletionOption completion)
    {
        using var client = new HttpClient(new Observing(new ChunkStream(Bytes, 64), _observer));

        using var response = await client.GetAsync(new Uri("http://localhost/"), completion, Token);
        if (completion == HttpCompletionOption.ResponseContentRead)
        {
            Assert.Equal(TransferEnd.Eof, _observer.OnlyEnd);
        }

        Assert.Equal(Bytes, await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(Bytes, _observer.Seen);
        Assert.Equal(TransferEnd.Eof, _observer.OnlyEnd);
    }

    [Fact]
    public void A_synchronous_client_gets_the_same_answer()
    {
        using var client = new HttpClient(new Observing(new ChunkStream(Bytes, 64), _observer));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/");

        using var response = client.Send(request, Token);

        Assert.Equal(TransferEnd.Eof, _observer.OnlyEnd);
        Assert.Equal(Bytes, _observer.Seen);
        var copy = new MemoryStream();
        response.Content.ReadAsStream(Token).CopyTo(copy);
        Assert.Equal(Bytes, copy.ToArray());
    }

    [Fact]
    public async Task An_answer_larger_than_the_client_buffers_fails_as_it_would_alone()
    {
        using var client = new HttpClient(new Observing(new ChunkStream(Bytes, 64), _observer)) { MaxResponseContentBufferSize = 500 };

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://localhost/"), Token));

        Assert.Equal(TransferEnd.Disposed, _observer.OnlyEnd);
    }

    [Fact]
    public async Task A_cancelled_copy_ends_as_cancelled()
    {
        using var source = new CancellationTokenSource();
        using var content = new ObservedContent(new StreamContentOf(new ChunkStream(Bytes, 10)), _observer);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => content.CopyToAsync(new FullStream { Source = source }, source.Token));

        Assert.Equal(TransferEnd.Canceled, _observer.OnlyEnd);
    }

    private sealed class Observing(Stream stream, IResponseObserver observer) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(HttpStatusCode.OK) { Content = new ObservedContent(new StreamContentOf(stream), observer) };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }

    /// <summary>Content as the network's: only its stream is used, never its copying.</summary>
    private sealed class StreamContentOf(Func<Stream> open) : HttpContent
    {
        public StreamContentOf(Stream stream)
            : this(() => stream)
        {
        }

        public StreamContentOf(Exception failure)
            : this(() => throw failure)
        {
        }

        public bool IsDisposed { get; private set; }

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(open());

        protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => open();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    private sealed class FullStream : MemoryStream
    {
        public CancellationTokenSource? Source { get; init; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await (Source?.CancelAsync() ?? Task.CompletedTask);
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException("full");
        }
    }
}
