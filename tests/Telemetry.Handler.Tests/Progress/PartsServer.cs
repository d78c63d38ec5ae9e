using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Telemetry.Handler.Tests.Handler;
using Xunit;

namespace Telemetry.Handler.Tests.Progress;

/// <summary>A server that streams an answer part by part, when told.</summary>
internal sealed class PartsServer : IAsyncDisposable
{
    private readonly Channel<byte[]> _parts = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _aborted = new();
    private readonly string _contentType;
    private LoopbackServer? _server;

    private PartsServer(string contentType) => _contentType = contentType;

    public Uri Messages => _server!.Messages;

    public Uri Address => _server!.Address;

    /// <summary>Completes when the server sees that its client went.</summary>
    public Task Aborted => _aborted.Task;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<PartsServer> StartAsync(string contentType = "text/event-stream")
    {
        var server = new PartsServer(contentType);
        server._server = await LoopbackServer.StartAsync(server.AnswerAsync);
        return server;
    }

    /// <summary>An event with a piece of text.</summary>
    public static string Text(string text) =>
        $$$"""
        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{text}}}"}}


        """;

    public void Send(string part) => Send(Encoding.UTF8.GetBytes(part));

    public void Send(byte[] part) => _parts.Writer.TryWrite(part);

    public void End() => _parts.Writer.TryComplete();

    /// <summary>Sends a part and reads all of it.</summary>
    public async Task PassAsync(Stream stream, string part)
    {
        Send(part);
        var buffer = new byte[Encoding.UTF8.GetByteCount(part)];
        await stream.ReadExactlyAsync(buffer, Token);
        Assert.Equal(part, Encoding.UTF8.GetString(buffer));
    }

    public async ValueTask DisposeAsync()
    {
        End();
        await _server!.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.RequestAborted.Register(() => _aborted.TrySetResult());
        context.Response.ContentType = _contentType;
        try
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await foreach (var part in _parts.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The client went.
        }
    }
}
