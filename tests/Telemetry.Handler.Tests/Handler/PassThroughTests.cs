using System.Net;
using System.Text;
using CostLedger.Records;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

public sealed class PassThroughTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> WaysToRead => ["string", "bytes", "stream", "one byte", "sync", "copy", "buffered", "array overload"];

    [Theory]
    [MemberData(nameof(WaysToRead))]
    public async Task Every_way_to_read_delivers_every_byte_and_one_row(string way)
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Start, Answers.Delta, Answers.End));
        await using var client = new ObservedClient();

        using var request = Answers.NewRequest(server.Messages);
        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var bytes = await ReadAsync(response.Content, way);

        Assert.Equal(Answers.Start + Answers.Delta + Answers.End, Encoding.UTF8.GetString(bytes));
        var row = client.Row();
        Assert.Equal((CallOutcome.Success, (StreamEnd?)StreamEnd.MessageStop), (row.Outcome, row.StreamEnd));
        Assert.Equal(bytes.Length, row.Transfer.ResponseBytes);
        Assert.Equal(9, row.Usage?.OutputTokens);
        Assert.Equal(20, row.Usage?.CacheCreation1hInputTokens);
        Assert.Equal("req_1", row.RequestId);
    }

    [Fact]
    public async Task The_synchronous_send_is_seen_too()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = new ObservedClient();

        var text = await Task.Run(
            () =>
            {
                using var request = Answers.NewRequest(server.Messages);
                using var response = client.Http.Send(request, Token);
                using var reader = new StreamReader(response.Content.ReadAsStream(Token));
                return reader.ReadToEnd();
            },
            Token);

        Assert.Equal(Answers.Body, text);
        Assert.Equal("msg_2", client.Row().MessageId);
    }

    [Fact]
    public async Task A_chunk_reaches_the_caller_before_the_next_one_is_written()
    {
        var read = new SemaphoreSlim(0);
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await Answers.WriteStreamAsync(context, Answers.Start);
            await read.WaitAsync(context.RequestAborted);
            await Answers.WriteStreamAsync(context, Answers.Delta);
            await read.WaitAsync(context.RequestAborted);
            await Answers.WriteStreamAsync(context, Answers.End);
        });
        await using var client = new ObservedClient();

        using var request = Answers.NewRequest(server.Messages);
        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        var text = await ReadUntilAsync(stream, Answers.Start.Length);
        read.Release();
        text += await ReadUntilAsync(stream, Encoding.UTF8.GetByteCount(Answers.Delta));
        read.Release();
        text += await new StreamReader(stream).ReadToEndAsync(Token);

        Assert.Equal(Answers.Start + Answers.Delta + Answers.End, text);
    }

    [Fact]
    public async Task Content_headers_arrive_as_the_server_sent_them()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.Headers["content-language"] = "x-odd, , en";
            context.Response.Headers["expires"] = "not a date";
            await Answers.WriteBodyAsync(context, Answers.Body);
        });
        using var plain = new HttpClient();
        await using var client = new ObservedClient();

        using var expected = await plain.SendAsync(Answers.NewRequest(server.Messages), Token);
        using var actual = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal(Lines(expected), Lines(actual));
    }

    [Fact]
    public async Task A_request_to_another_endpoint_is_left_alone()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, "[]"));
        await using var client = new ObservedClient();

        using var response = await client.Http.GetAsync(new Uri(server.Address, "/v1/files"), Token);

        Assert.IsNotType<global::Telemetry.Handler.Streaming.ObservedContent>(response.Content);
        Assert.Empty(client.Rows());
    }

    [Fact]
    public async Task Http_2_works_the_same()
    {
        await using var server = await LoopbackServer.StartAsync(
            context => Answers.WriteStreamAsync(context, Answers.Stream),
            Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2);
        await using var client = new ObservedClient();

        using var request = Answers.NewRequest(server.Messages);
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var text = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(Answers.Stream, text);
        Assert.Equal(CallOutcome.Success, client.Row().Outcome);
    }

    private static string[] Lines(HttpResponseMessage response) =>
        [.. response.Content.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal)];

    private static async Task<string> ReadUntilAsync(Stream stream, int count)
    {
        var buffer = new byte[count];
        await stream.ReadExactlyAsync(buffer, Token);
        return Encoding.UTF8.GetString(buffer);
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, string way)
    {
        using var copy = new MemoryStream();
        switch (way)
        {
            case "string":
                return Encoding.UTF8.GetBytes(await content.ReadAsStringAsync(Token));
            case "bytes":
                return await content.ReadAsByteArrayAsync(Token);
            case "copy":
                await content.CopyToAsync(copy, Token);
                break;
            case "buffered":
                await content.LoadIntoBufferAsync(Token);
                return await content.ReadAsByteArrayAsync(Token);
            case "sync":
                content.ReadAsStream(Token).CopyTo(copy);
                break;
            default:
                await ReadInPiecesAsync(await content.ReadAsStreamAsync(Token), copy, way);
                break;
        }

        return copy.ToArray();
    }

    private static async Task ReadInPiecesAsync(Stream stream, MemoryStream copy, string way)
    {
        var buffer = new byte[way == "one byte" ? 1 : 777];
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty, Token));
        while (true)
        {
#pragma warning disable CA1835 // the overload is what is tested
            var count = way == "array overload"
                ? await stream.ReadAsync(buffer, 0, buffer.Length, Token)
                : await stream.ReadAsync(buffer, Token);
#pragma warning restore CA1835
            if (count == 0)
            {
                return;
            }

            copy.Write(buffer, 0, count);
        }
    }
}
