using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

/// <summary>What the server receives, to the byte, with the handler and without.</summary>
// Listeners are global, and a span that is current makes .NET send its own traceparent.
[Collection(Tracing.Name)]
public sealed partial class RequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Contents => ["string", "bytes", "json", "stream", "one-way stream", "custom", "read before", "empty", "none"];

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task The_request_on_the_wire_is_the_same_with_and_without_the_handler(string kind)
    {
        await using var client = new ObservedClient(NewInner());
        using var plain = new HttpClient(NewInner());

        var expected = await CaptureAsync(plain, kind);
        var actual = await CaptureAsync(client.Http, kind);

        Assert.Equal(expected, actual);
        Assert.Single(client.Rows());
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Sending_synchronously_keeps_the_request_too(string kind)
    {
        await using var client = new ObservedClient(NewInner());
        using var plain = new HttpClient(NewInner());

        var expected = await CaptureAsync(plain, kind, isSync: true);
        var actual = await CaptureAsync(client.Http, kind, isSync: true);

        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("string")]
    [InlineData("json")]
    [InlineData("one-way stream")]
    [InlineData("read before")]
    public async Task The_model_asked_for_is_known_whatever_the_content(string kind)
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, "", 500));
        await using var client = new ObservedClient();

        using var request = await NewRequestAsync(server.Messages, kind);
        using var response = await client.Http.SendAsync(request, Token);

        Assert.Equal("claude-opus-5", client.Row().ModelRequested);
    }

    // Without .NET's own trace headers, which come and go with the listeners of other tests.
    private static SocketsHttpHandler NewInner() => new() { ActivityHeadersPropagator = null };

    // A raw socket: it sees chunked framing and the order of headers, which a web server hides.
    private static async Task<string> CaptureAsync(HttpClient http, string kind, bool isSync = false)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var uri = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/gateway/v1/messages?beta=true");
        var capture = AnswerOnceAsync(listener);

        using var request = await NewRequestAsync(uri, kind);
        request.Headers.TryAddWithoutValidation("x-signed", "a, b;c");
        using var response = isSync
            ? await Task.Run(() => http.Send(request, Token), Token)
            : await http.SendAsync(request, Token);
        await response.Content.ReadAsStringAsync(Token);

        return Port().Replace(await capture, "port");
    }

    private static async Task<string> AnswerOnceAsync(TcpListener listener)
    {
        using var socket = await listener.AcceptSocketAsync(Token);
        var received = new MemoryStream();
        var buffer = new byte[65536];
        while (!IsWhole(Encoding.Latin1.GetString(received.ToArray())))
        {
            var count = await socket.ReceiveAsync(buffer, Token);
            if (count == 0)
            {
                break;
            }

            received.Write(buffer, 0, count);
        }

        var answer = $"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {Answers.Body.Length}\r\nconnection: close\r\n\r\n{Answers.Body}";
        await socket.SendAsync(Encoding.Latin1.GetBytes(answer), Token);
        return Encoding.Latin1.GetString(received.ToArray());
    }

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var length = Length().Match(text[..end]);
        return length.Success
            ? text.Length - end - 4 >= int.Parse(length.Groups[1].Value, null)
            : !text[..end].Contains("chunked", StringComparison.OrdinalIgnoreCase) || text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }

    private static async Task<HttpRequestMessage> NewRequestAsync(Uri uri, string kind)
    {
        var bytes = Encoding.UTF8.GetBytes(Answers.Request);
        HttpContent? content = kind switch
        {
            "string" => new StringContent(Answers.Request, Encoding.UTF8, "application/json"),
            "bytes" => new ByteArrayContent(bytes),
            "json" => JsonContent.Create(new { model = "claude-opus-5", max_tokens = 5, messages = new[] { new { role = "user", content = "hé" } } }),
            "stream" => new StreamContent(new MemoryStream(bytes)),
            "one-way stream" => new StreamContent(new BufferedStream(new BrotliStream(new MemoryStream(Compress(bytes)), CompressionMode.Decompress))),
            "custom" => new MultipartContent { new StringContent("odd") },
            "read before" => new StreamContent(new MemoryStream(bytes)),
            "empty" => new ByteArrayContent([]),
            _ => null,
        };
        if (kind == "read before")
        {
            await content!.LoadIntoBufferAsync(Token);
        }

        if (kind == "custom")
        {
            content!.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=x");
            content.Headers.Remove("Content-Type");
            content = new StringContent("[1", Encoding.Latin1);
        }

        return new HttpRequestMessage(HttpMethod.Post, uri) { Content = content };
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var brotli = new BrotliStream(memory, CompressionLevel.Fastest))
        {
            brotli.Write(bytes);
        }

        return memory.ToArray();
    }

    [GeneratedRegex("127\\.0\\.0\\.1:\\d+")]
    private static partial Regex Port();

    [GeneratedRegex("(?i)content-length: (\\d+)")]
    private static partial Regex Length();
}
