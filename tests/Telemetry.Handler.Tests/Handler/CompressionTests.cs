using System.IO.Compression;
using System.Text;
using CostLedger.Records;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

public sealed class CompressionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_stream_left_in_place_passes_as_it_is_and_is_read_all_the_same(string encoding)
    {
        var packed = Pack(Answers.Stream, encoding);
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(packed);
        });
        await using var client = new ObservedClient();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);
        var bytes = await response.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal(packed, bytes);
        Assert.Equal(encoding, Assert.Single(response.Content.Headers.ContentEncoding));
        var row = client.Row();
        Assert.Equal((CallOutcome.Success, 9), (row.Outcome, row.Usage?.OutputTokens));
        Assert.Equal(packed.Length, row.Transfer.ResponseBytes);
    }

    [Fact]
    public async Task An_encoding_nobody_knows_passes_and_is_named()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "x-mystery";
            await Answers.WriteBodyAsync(context, "\u0001\u0002");
        });
        await using var client = new ObservedClient();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal([1, 2], await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Contains("unsupported_encoding", client.Row().Faults);
    }

    [Fact]
    public async Task Decompression_below_the_handler_is_seen_as_plain_text()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(Pack(Answers.Stream, "gzip"));
        });
        using var inner = new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All };
        await using var client = new ObservedClient(inner);

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal(Answers.Stream, await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(9, client.Row().Usage?.OutputTokens);
    }

    private static byte[] Pack(string text, string encoding)
    {
        using var memory = new MemoryStream();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(memory, CompressionLevel.Optimal, leaveOpen: true),
            _ => new ZLibStream(memory, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            packer.Write(Encoding.UTF8.GetBytes(text));
        }

        return memory.ToArray();
    }
}
