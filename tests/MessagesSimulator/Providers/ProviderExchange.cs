using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MessagesSimulator.Serving;
using MessagesSimulator.Wire;
using Microsoft.AspNetCore.Http;

namespace MessagesSimulator.Providers;

/// <summary>A request to a provider, and its way to the API behind it.</summary>
internal sealed class ProviderExchange(HttpContext context, HttpClient api, RecordedRequest request)
{
    private readonly ArrayBufferWriter<byte> _sent = new();

    public RecordedRequest Request => request;

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The request's body.</summary>
    /// <returns>The object.</returns>
    public JsonObject ReadBody() => JsonNode.Parse(request.Body.Span) as JsonObject ?? [];

    /// <summary>Asks the API.</summary>
    /// <param name="path">The path there.</param>
    /// <param name="body">The body in the API's own shape.</param>
    /// <param name="betas">The header <c>anthropic-beta</c>; null or empty: none.</param>
    /// <returns>The answer, as soon as its headers are there.</returns>
    public async Task<HttpResponseMessage> AskAsync(string path, JsonObject body, string? betas)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(MessageJson.Text(body), new MediaTypeHeaderValue("application/json")),
        };
        message.Headers.Add("x-api-key", "provider");
        message.Headers.Add("anthropic-version", "2023-06-01");
        if (Region.Of(request) is { } region)
        {
            message.Headers.Add(Exchange.RegionHeader, region);
        }

        if (!string.IsNullOrEmpty(betas))
        {
            message.Headers.Add("anthropic-beta", betas);
        }

        return await api.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Aborted);
    }

    public void SetHeader(string name, string? value)
    {
        if (value is not null)
        {
            context.Response.Headers[name] = value;
        }
    }

    public async Task BeginAsync(int status, string? contentType)
    {
        request.Status = status;
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.StartAsync(Aborted);
        await context.Response.Body.FlushAsync(Aborted);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        _sent.Write(bytes.Span);
        await context.Response.Body.WriteAsync(bytes, Aborted);
        await context.Response.Body.FlushAsync(Aborted);
    }

    public async Task SendAsync(int status, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        context.Response.ContentLength = bytes.Length;
        await BeginAsync(status, "application/json");
        await WriteAsync(bytes);
    }

    public void Finish()
    {
        request.SentBody = _sent.WrittenMemory;
        request.Finish();
    }
}
