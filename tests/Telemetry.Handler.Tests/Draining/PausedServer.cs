using System.Text;
using Microsoft.AspNetCore.Http;
using Telemetry.Handler.Tests.Handler;

namespace Telemetry.Handler.Tests.Draining;

/// <summary>A server that sends the first half of a stream and waits before the second.</summary>
internal sealed class PausedServer : IAsyncDisposable
{
    private readonly TaskCompletionSource _go = new();
    private LoopbackServer? _server;

    public static int FirstLength { get; } = Encoding.UTF8.GetByteCount(Answers.Start + Answers.Delta);

    public static int RestLength { get; } = Encoding.UTF8.GetByteCount(Answers.Delta + Answers.End);

    /// <summary>A Bedrock address; the answer is the stream that the official SDK makes of Bedrock's.</summary>
    public Uri Bedrock => new(_server!.Address, "/model/us.anthropic.claude-opus-5-v1%3A0/invoke-with-response-stream");

    public Uri Messages => _server!.Messages;

    /// <summary>Whether the server saw its client go.</summary>
    public bool WasAborted { get; private set; }

    /// <summary>What is done instead of the second half.</summary>
    public Func<HttpContext, Task> Rest { get; set; } = context => Answers.WriteStreamAsync(context, Answers.Delta, Answers.End);

    public static async Task<PausedServer> StartAsync()
    {
        var server = new PausedServer();
        server._server = await LoopbackServer.StartAsync(server.AnswerAsync);
        return server;
    }

    public void GoOn() => _go.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        GoOn();
        await _server!.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await Answers.WriteStreamAsync(context, Answers.Start, Answers.Delta);
            await _go.Task.WaitAsync(context.RequestAborted);
            await Rest(context);
        }
        catch (OperationCanceledException)
        {
            WasAborted = true;
        }
    }
}
