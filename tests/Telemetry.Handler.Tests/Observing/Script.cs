using System.Net;
using System.Text;

namespace Telemetry.Handler.Tests.Observing;

/// <summary>Answers request after request as it is told; the last answer stays.</summary>
internal sealed class Script(params (int Status, string Body)[] answers) : HttpMessageHandler
{
    public const string Overloaded = """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""";
    public const string Refused = """
        {"model":"claude-opus-5","id":"msg_3","type":"message","role":"assistant","content":[],"stop_reason":"refusal","usage":{"input_tokens":7,"output_tokens":0}}
        """;

    private int _sent;

    public int Sent => _sent;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (status, body) = answers[Math.Min(Interlocked.Increment(ref _sent), answers.Length) - 1];
        if (status == 0)
        {
            throw new HttpRequestException("No connection.");
        }

        var type = body.StartsWith("event:", StringComparison.Ordinal) ? "text/event-stream" : "application/json";
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
    }
}
