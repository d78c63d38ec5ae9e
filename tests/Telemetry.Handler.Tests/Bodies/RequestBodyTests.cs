using System.Net;
using System.Net.Http.Json;
using System.Text;
using Telemetry.Handler.Bodies;
using Telemetry.Handler.Requests;
using Xunit;

namespace Telemetry.Handler.Tests.Bodies;

public sealed class RequestBodyTests
{
    private const int Max = 1 << 20;
    private const string Json = """{"model":"claude-opus-5","max_tokens":7,"messages":[]}""";

    /// <summary>Each kind of content, as it is and where its bytes are needed before it is sent.</summary>
    public static MatrixTheoryData<string, bool> Ways => new([.. Kinds.Select(kind => kind.Data)], [false, true]);

    public static TheoryData<string> Kinds =>
        ["string", "bytes", "memory", "json", "seekable stream", "pipe", "pipe with length", "custom", "form", "none"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_wire_is_the_same_with_and_without_reading(string kind, bool isNeededFirst)
    {
        using var server = new RawServer();

        var bare = await server.CaptureAsync(url => SendAsync(url, kind, new ReadingHandler(isReading: false), isSync: false));
        var read = await server.CaptureAsync(url => SendAsync(url, kind, new ReadingHandler(isReading: true) { IsNeededFirst = isNeededFirst }, isSync: false));

        Assert.Equal(isNeededFirst ? Joined(bare) : bare, isNeededFirst ? Joined(read) : read);
    }

    [Theory]
    [InlineData("string", false)]
    [InlineData("json", false)]
    [InlineData("seekable stream", false)]
    [InlineData("seekable stream", true)]
    [InlineData("pipe", false)]
    [InlineData("pipe", true)]
    [InlineData("pipe with length", true)]
    public async Task The_wire_is_the_same_when_sent_synchronously(string kind, bool isNeededFirst)
    {
        using var server = new RawServer();

        var bare = await server.CaptureAsync(url => Task.Run(() => SendAsync(url, kind, new ReadingHandler(isReading: false), isSync: true)));
        var read = await server.CaptureAsync(url => Task.Run(() => SendAsync(url, kind, new ReadingHandler(isReading: true) { IsNeededFirst = isNeededFirst }, isSync: true)));

        Assert.Equal(isNeededFirst ? Joined(bare) : bare, isNeededFirst ? Joined(read) : read);
    }

    [Fact]
    public async Task A_json_content_stays_chunked()
    {
        using var server = new RawServer();

        var read = await server.CaptureAsync(url => SendAsync(url, "json", new ReadingHandler(isReading: true), isSync: false));

        Assert.Contains("Transfer-Encoding: chunked", read, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string", false)]
    [InlineData("bytes", false)]
    [InlineData("memory", false)]
    [InlineData("json", false)]
    [InlineData("seekable stream", true)]
    [InlineData("pipe", true)]
    [InlineData("custom", true)]
    public async Task The_parameters_are_known_before_sending_where_the_content_holds_its_bytes(string kind, bool isDeferred)
    {
        using var server = new RawServer();
        var handler = new ReadingHandler(isReading: true);

        await server.CaptureAsync(url => SendAsync(url, kind, handler, isSync: false));

        Assert.Equal(isDeferred, handler.Before!.Faults.Contains(RequestFault.NotSent, StringComparer.Ordinal));
        Assert.Equal("claude-opus-5", handler.After!.Model);
        Assert.Equal(7, handler.After.MaxTokens);
        Assert.Empty(handler.After.Faults);
        Assert.Equal(Json.Length, handler.Length);
    }

    [Fact]
    public async Task The_request_has_the_callers_content_again_after_sending()
    {
        using var request = new HttpRequestMessage { Content = Content("pipe") };
        var content = request.Content;

        var body = await RequestBody.ReadAsync(request, Max, isNeededFirst: false, CancellationToken.None);
        var during = request.Content;
        body.Dispose();

        Assert.NotSame(content, during);
        Assert.Same(content, request.Content);
    }

    [Fact]
    public async Task A_content_that_an_inner_handler_put_in_place_stays()
    {
        using var request = new HttpRequestMessage { Content = Content("pipe") };
        using var other = new StringContent("other");

        var body = await RequestBody.ReadAsync(request, Max, isNeededFirst: false, CancellationToken.None);
        request.Content = other;
        body.Dispose();

        Assert.Same(other, request.Content);
    }

    [Theory]
    [InlineData("string")]
    [InlineData("json")]
    [InlineData("pipe")]
    public async Task A_body_beyond_the_bound_is_sent_and_not_read(string kind)
    {
        using var server = new RawServer();
        var handler = new ReadingHandler(isReading: true) { MaxBytes = 10 };

        var bare = await server.CaptureAsync(url => SendAsync(url, kind, new ReadingHandler(isReading: false), isSync: false));
        var read = await server.CaptureAsync(url => SendAsync(url, kind, handler, isSync: false));

        Assert.Equal(bare, read);
        Assert.Equal([RequestFault.TooLarge], handler.After!.Faults);
    }

    [Fact]
    public async Task A_value_is_written_as_json_once()
    {
        using var server = new RawServer();
        var value = new CountsReading();
        using var http = new HttpClient(new ReadingHandler(isReading: true));

        await server.CaptureAsync(async url => await http.PostAsJsonAsync(url, value, TestContext.Current.CancellationToken));

        Assert.Equal(1, value.Times);
    }

    [Fact]
    public async Task A_value_that_cannot_be_written_fails_as_it_does_without_us()
    {
        using var bare = new HttpClient(new ReadingHandler(isReading: false));
        using var read = new HttpClient(new ReadingHandler(isReading: true));

        var expected = await Assert.ThrowsAnyAsync<Exception>(() => bare.PostAsJsonAsync("http://127.0.0.1:9/v1/messages", new Unwritable(), TestContext.Current.CancellationToken));
        var actual = await Assert.ThrowsAnyAsync<Exception>(() => read.PostAsJsonAsync("http://127.0.0.1:9/v1/messages", new Unwritable(), TestContext.Current.CancellationToken));

        Assert.Equal(expected.GetType(), actual.GetType());
    }

    [Fact]
    public async Task A_stream_that_fails_while_it_is_sent_fails_as_it_does_without_us() => await FailsAlikeAsync(isNeededFirst: false);

    [Fact]
    public async Task One_that_fails_while_it_is_read_first_fails_as_it_does_without_us() => await FailsAlikeAsync(isNeededFirst: true);

    private static async Task FailsAlikeAsync(bool isNeededFirst)
    {
        using var server = new RawServer();

        var bare = await FailAsync(server.Url, new ReadingHandler(isReading: false));
        var read = await FailAsync(server.Url, new ReadingHandler(isReading: true) { IsNeededFirst = isNeededFirst });

        Assert.Equal((bare.GetType(), bare.Message, bare.InnerException?.Message), (read.GetType(), read.Message, read.InnerException?.Message));
    }

    [Fact]
    public async Task A_compressed_body_is_not_read()
    {
        using var request = new HttpRequestMessage { Content = Content("string") };
        request.Content!.Headers.ContentEncoding.Add("gzip");

        using var body = await RequestBody.ReadAsync(request, Max, isNeededFirst: false, CancellationToken.None);

        Assert.Equal([RequestFault.Encoded], body.Snapshot().Faults);
    }

    [Fact]
    public async Task A_request_without_content_has_nothing_to_read()
    {
        using var request = new HttpRequestMessage();

        using var body = await RequestBody.ReadAsync(request, Max, isNeededFirst: false, CancellationToken.None);

        Assert.Equal([RequestFault.Empty], body.Snapshot().Faults);
        Assert.Equal(0, body.Length);
    }

    [Fact]
    public async Task Reading_leaves_no_trace_on_a_content_that_holds_its_bytes()
    {
        using var request = new HttpRequestMessage { Content = Content("bytes") };
        var content = request.Content;
        var headers = content!.Headers.NonValidated.Count;

        using var body = await RequestBody.ReadAsync(request, Max, isNeededFirst: false, CancellationToken.None);

        Assert.Same(content, request.Content);
        Assert.Equal(headers, content.Headers.NonValidated.Count);
        Assert.Empty(request.Headers.NonValidated);
    }

    [Fact]
    public async Task A_message_that_is_sent_again_is_read_again()
    {
        using var request = new HttpRequestMessage { Content = Content("seekable stream") };
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var body = await RequestBody.ReadAsync(request, Max, isNeededFirst: false, CancellationToken.None);
            await request.Content!.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

            Assert.Equal("claude-opus-5", body.Snapshot().Model);
        }
    }

    // What is sent out of memory is the same bytes under the same headers, in fewer chunks.
    private static string Joined(string wire)
    {
        var body = wire.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        if (!wire.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal))
        {
            return wire;
        }

        var joined = new StringBuilder(wire[..body]);
        while (body < wire.Length)
        {
            var end = wire.IndexOf("\r\n", body, StringComparison.Ordinal);
            var length = Convert.ToInt32(wire[body..end], 16);
            joined.Append(wire, end + 2, length);
            body = end + 2 + length + 2;
        }

        return joined.ToString();
    }

    private static async Task<Exception> FailAsync(Uri url, ReadingHandler handler)
    {
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StreamContent(new FailingStream()) };
        return await Assert.ThrowsAnyAsync<Exception>(() => http.SendAsync(request));
    }

    private static async Task SendAsync(Uri url, string kind, ReadingHandler handler, bool isSync)
    {
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = Content(kind) };
        request.Headers.Add("anthropic-version", "2023-06-01");
        using var response = isSync
            ? http.Send(request, TestContext.Current.CancellationToken)
            : await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static HttpContent? Content(string kind)
    {
        var bytes = Encoding.UTF8.GetBytes(Json);
        HttpContent? content = kind switch
        {
            "string" => new StringContent(Json, Encoding.UTF8, "application/json"),
            "bytes" => new ByteArrayContent(bytes),
            "memory" => new ReadOnlyMemoryContent(bytes),
            "json" => JsonContent.Create(new { model = "claude-opus-5", max_tokens = 7, messages = Array.Empty<string>() }),
            "seekable stream" => new StreamContent(new MemoryStream(bytes)),
            "pipe" or "pipe with length" => new StreamContent(new OneWayStream(bytes), bufferSize: 16),
            "custom" => new PiecewiseContent(bytes),
            "form" => new FormUrlEncodedContent([new("a", "b")]),
            _ => null,
        };
        if (kind is "pipe with length")
        {
            content!.Headers.TryAddWithoutValidation("X-Odd", ["1", "2"]);
            content.Headers.ContentLength = bytes.Length;
        }

        return content;
    }

    /// <summary>Reads a request's body the way the root does. Other tests trace at the same time: no trace headers here.</summary>
    private sealed class ReadingHandler(bool isReading) : DelegatingHandler(new SocketsHttpHandler { ActivityHeadersPropagator = null })
    {
        public int MaxBytes { get; init; } = Max;

        public bool IsNeededFirst { get; init; }

        public RequestSnapshot? Before { get; private set; }

        public RequestSnapshot? After { get; private set; }

        public long? Length { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!isReading)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            using var body = await RequestBody.ReadAsync(request, MaxBytes, IsNeededFirst, cancellationToken);
            Before = body.Snapshot();
            var response = await base.SendAsync(request, cancellationToken);
            (After, Length) = (body.Snapshot(), body.Length);
            return response;
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!isReading)
            {
                return base.Send(request, cancellationToken);
            }

            using var body = RequestBody.Read(request, MaxBytes, IsNeededFirst, cancellationToken);
            Before = body.Snapshot();
            var response = base.Send(request, cancellationToken);
            (After, Length) = (body.Snapshot(), body.Length);
            return response;
        }
    }

    private sealed class PiecewiseContent(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, 10));
            await stream.FlushAsync();
            await stream.WriteAsync(bytes.AsMemory(10));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanSeek => false;
    }

    private sealed class FailingStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(new IOException("the disk went away"));

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            Task.FromException(new IOException("the disk went away"));
    }

    private sealed class CountsReading
    {
        private int _times;

        public string Model
        {
            get
            {
                _times++;
                return "claude-opus-5";
            }
        }

        [System.Text.Json.Serialization.JsonIgnore]
        public int Times => _times;
    }

    private sealed class Unwritable
    {
        public string Model => throw new InvalidOperationException("no");
    }
}
