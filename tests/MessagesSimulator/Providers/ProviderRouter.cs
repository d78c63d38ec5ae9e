using System.Text.Json;
using MessagesSimulator.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MessagesSimulator.Providers;

/// <summary>Takes a request in and hands it to the provider that its path belongs to.</summary>
internal sealed class ProviderRouter(Uri api, ModelNames names) : IDisposable
{
    private readonly List<RecordedRequest> _requests = [];
    private readonly HttpClient _api = new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
    {
        BaseAddress = api,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Dispose() => _api.Dispose();

    public async Task HandleAsync(HttpContext context)
    {
        var exchange = new ProviderExchange(context, _api, await ReceiveAsync(context));
        try
        {
            await RouteAsync(exchange);
        }
        catch (JsonException fault)
        {
            await exchange.SendAsync(400, $$"""{"message":"Malformed input request: {{fault.GetType().Name}}"}""");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // The API broke off; so does whoever sells it.
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
        }
        finally
        {
            exchange.Finish();
        }
    }

    private Task RouteAsync(ProviderExchange exchange)
    {
        var path = exchange.Request.Target.Split('?')[0];
        return BedrockInvoke.Matches(path) ? new BedrockInvoke(exchange, names).RunAsync(path)
            : VertexPredict.Matches(path) ? new VertexPredict(exchange, names).RunAsync(path)
            : path.Contains("/v1/messages", StringComparison.Ordinal) ? new NativeShape(exchange, names).RunAsync(path)
            : exchange.SendAsync(404, """{"message":"no such path"}""");
    }

    private async Task<RecordedRequest> ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new RecordedRequest
        {
            Method = context.Request.Method,
            Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Headers = [.. context.Request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))],
            Body = body.ToArray(),
            ReceivedAt = TimeProvider.System.GetUtcNow(),
            RequestId = context.TraceIdentifier,
        };
        lock (_requests)
        {
            _requests.Add(request);
        }

        return request;
    }
}
