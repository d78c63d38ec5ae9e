using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Telemetry.Benchmarks.Handler;

/// <summary>A loopback server that streams an answer of a given number of deltas, flushed one by one.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private const string Start =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_bench\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-opus-5\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":12,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":4000,\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":0},\"output_tokens\":1,\"service_tier\":\"standard\"}}}\n\nevent: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";

    private const string Delta =
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" and then some words\"}       }\n\n";

    private const string Stop =
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\nevent: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":90}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private readonly WebApplication _app;

    private StreamServer(WebApplication app) => _app = app;

    public Uri Messages => new(new Uri(_app.Urls.First()), "/v1/messages");

    public static async Task<StreamServer> StartAsync(int deltas)
    {
        var start = Encoding.UTF8.GetBytes(Start);
        var delta = Encoding.UTF8.GetBytes(Delta);
        var stop = Encoding.UTF8.GetBytes(Stop);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(start);
            for (var i = 0; i < deltas; i++)
            {
                await context.Response.Body.WriteAsync(delta);
                await context.Response.Body.FlushAsync();
            }

            await context.Response.Body.WriteAsync(stop);
        });
        await app.StartAsync();
        return new StreamServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
