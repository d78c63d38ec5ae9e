using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Testing.Otlp;

/// <summary>A collector in this process: takes OTLP over <c>http/protobuf</c> and over gRPC, and keeps what it understood.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private const int GrpcPrefix = 5; // A byte for compression, four for the length.

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentQueue<OtlpMetric> _metrics = new();
    private readonly ConcurrentQueue<OtlpLog> _logs = new();
    private readonly ConcurrentQueue<string> _faults = new();

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>The base address for <c>http/protobuf</c>.</summary>
    public Uri HttpEndpoint => new(_app.Urls.First());

    /// <summary>The address for gRPC.</summary>
    public Uri GrpcEndpoint => new(_app.Urls.Last());

    /// <summary>The spans so far.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    /// <summary>The metrics so far; one entry an export.</summary>
    public IReadOnlyList<OtlpMetric> Metrics => [.. _metrics];

    /// <summary>The log records so far.</summary>
    public IReadOnlyList<OtlpLog> Logs => [.. _logs];

    /// <summary>Requests that were not OTLP; empty when all is well.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>Starts a receiver on free ports.</summary>
    /// <returns>The receiver.</returns>
    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await using (var source = Decoded(context.Request))
        {
            await source.CopyToAsync(body, context.RequestAborted);
        }

        var isGrpc = context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
        try
        {
            Keep(context.Request.Path, isGrpc ? Unframed(body) : body.ToArray());
        }
        catch (InvalidDataException fault)
        {
            _faults.Enqueue($"{context.Request.Path}: {fault.Message}");
        }

        await AnswerAsync(context, isGrpc);
    }

    private void Keep(string path, ReadOnlySpan<byte> request)
    {
        switch (path)
        {
            case "/v1/traces" or "/opentelemetry.proto.collector.trace.v1.TraceService/Export":
                AddAll(_spans, SpanDecoder.ReadRequest(request));
                break;
            case "/v1/metrics" or "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export":
                AddAll(_metrics, MetricDecoder.ReadRequest(request));
                break;
            case "/v1/logs" or "/opentelemetry.proto.collector.logs.v1.LogsService/Export":
                AddAll(_logs, LogDecoder.ReadRequest(request));
                break;
            default:
                throw new InvalidDataException("not a path of OTLP");
        }
    }

    private static byte[] Unframed(MemoryStream body)
    {
        var frame = body.ToArray();
        return frame.Length >= GrpcPrefix && frame[0] == 0
            && BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1)) == frame.Length - GrpcPrefix
            ? frame[GrpcPrefix..]
            : throw new InvalidDataException("not one uncompressed gRPC message");
    }

    private static async Task AnswerAsync(HttpContext context, bool isGrpc)
    {
        if (!isGrpc)
        {
            context.Response.ContentType = "application/x-protobuf";
            return; // An empty message says that all was taken.
        }

        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[GrpcPrefix], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static Stream Decoded(HttpRequest request) => request.Headers.ContentEncoding == "gzip"
        ? new GZipStream(request.Body, CompressionMode.Decompress)
        : request.Body;

    private static void AddAll<T>(ConcurrentQueue<T> queue, IReadOnlyList<T> items)
    {
        foreach (var item in items)
        {
            queue.Enqueue(item);
        }
    }
}
