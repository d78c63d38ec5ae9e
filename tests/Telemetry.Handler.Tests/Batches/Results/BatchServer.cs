using System.Net;
using System.Net.Http.Headers;

namespace Telemetry.Handler.Tests.Batches.Results;

/// <summary>Answers of the batches' endpoints without a network, by method and path.</summary>
internal sealed class BatchServer : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpContent>> _answers = new(StringComparer.Ordinal);

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public BatchServer On(string call, Func<Stream> body, string type = "application/x-jsonl", string? encoding = null)
    {
        _answers[call] = () =>
        {
            var content = new StreamContent(body());
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            if (encoding is not null)
            {
                content.Headers.ContentEncoding.Add(encoding);
            }

            return content;
        };
        return this;
    }

    public BatchServer On(string call, byte[] body, string type = "application/x-jsonl") => On(call, () => new MemoryStream(body), type);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        return new HttpResponseMessage(Status) { Content = _answers[call](), RequestMessage = request };
    }
}
