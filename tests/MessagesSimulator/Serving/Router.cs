using System.Text.Json;
using MessagesSimulator.Batches;
using MessagesSimulator.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MessagesSimulator.Serving;

/// <summary>Takes a request in, sends it to its endpoint, and turns refusals into error answers.</summary>
internal sealed class Router(Simulation simulation)
{
    private const int MostBytes = 32 * 1024 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        var request = await ReceiveAsync(context);
        simulation.Add(request);
        var exchange = new Exchange(context, request, simulation);
        try
        {
            await RouteAsync(exchange);
        }
        catch (ApiException refusal)
        {
            await exchange.SendErrorAsync(refusal);
        }
        catch (Exception misshapen) when (misshapen is InvalidOperationException or KeyNotFoundException && !context.Response.HasStarted)
        {
            // A part of the request is of another JSON kind than the API takes.
            await exchange.SendErrorAsync(ApiException.Invalid($"The request is malformed: {misshapen.Message}"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; the bill has what it got.
        }
        finally
        {
            exchange.Finish();
        }
    }

    private async Task RouteAsync(Exchange exchange)
    {
        var path = exchange.Request.Target.Split('?')[0];
        if (path.Contains(BatchCalls.Path, StringComparison.Ordinal))
        {
            await new BatchCalls(simulation, exchange).RunAsync(path[(path.IndexOf(BatchCalls.Path, StringComparison.Ordinal) + BatchCalls.Path.Length)..]);
            return;
        }

        if (exchange.Request.Method is not "POST" || exchange.Request.Body.Length > MostBytes)
        {
            throw exchange.Request.Body.Length > MostBytes
                ? new ApiException(413, "request_too_large", "Request exceeds the maximum allowed number of bytes.")
                : new ApiException(405, "invalid_request_error", "Method Not Allowed");
        }

        if (path.EndsWith("/v1/messages", StringComparison.Ordinal))
        {
            await new MessagesCall(simulation, exchange).RunAsync();
        }
        else if (path.EndsWith("/v1/messages/count_tokens", StringComparison.Ordinal))
        {
            await CountTokensAsync(exchange);
        }
        else
        {
            throw new ApiException(404, "not_found_error", "Not found");
        }
    }

    private Task CountTokensAsync(Exchange exchange)
    {
        exchange.Authenticate();
        var prompt = simulation.Cache.Read(exchange.Request.Body, exchange.Request.Header("anthropic-beta") ?? "", counting: true);
        return exchange.SendAsync(200, "application/json", JsonSerializer.Serialize(new { input_tokens = prompt.Tokens }));
    }

    private async Task<RecordedRequest> ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new RecordedRequest
        {
            Method = context.Request.Method,
            Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Headers = [.. context.Request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))],
            Body = body.ToArray(),
            ReceivedAt = simulation.Time.GetUtcNow(),
            RequestId = simulation.Ids.Next("req_01"),
        };
    }
}
