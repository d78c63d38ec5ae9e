using System.Net;
using System.Text;

namespace Telemetry.Handler.Tests.Prompting;

/// <summary>Stands at the end of the chain: keeps the bodies that were sent and tells its own counts.</summary>
internal sealed class Provider : HttpMessageHandler
{
    public static readonly Uri Messages = new("https://api.anthropic.com/v1/messages");

    private readonly List<byte[]> _sent = [];

    /// <summary>The bodies that were sent; empty when nothing was.</summary>
    public IReadOnlyList<byte[]> Sent => _sent;

    /// <summary>Is called before anything of a request is read.</summary>
    public Action<HttpRequestMessage>? OnSending { get; set; }

    /// <summary>The answer's status.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>The model that answers.</summary>
    public string Model { get; set; } = "claude-sonnet-4-5-20250929";

    public int InputTokens { get; set; } = 20;

    public int OutputTokens { get; set; } = 3;

    /// <summary>A request with a body that holds its bytes.</summary>
    public static HttpRequestMessage Post(string body) => Post(new StringContent(body, Encoding.UTF8, "application/json"));

    public static HttpRequestMessage Post(HttpContent content) => new(HttpMethod.Post, Messages) { Content = content };

    /// <summary>A request's body that asks one question.</summary>
    public static string Ask(string question = "How many planets are there?", string model = "claude-sonnet-4-5", string more = "") =>
        $$"""{"model":"{{model}}","max_tokens":100,{{more}}"messages":[{"role":"user","content":"{{question}}"}]}""";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        OnSending?.Invoke(request);
        Keep(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        return Answer();
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        OnSending?.Invoke(request);
        using var body = new MemoryStream();
        request.Content!.CopyTo(body, context: null, cancellationToken);
        Keep(body.ToArray());
        return Answer();
    }

    private void Keep(byte[] body)
    {
        lock (_sent)
        {
            _sent.Add(body);
        }
    }

    private HttpResponseMessage Answer() => new(Status)
    {
        Content = new StringContent(
            $$$"""
            {"model":"{{{Model}}}","id":"msg_1","type":"message","role":"assistant","content":[{"type":"text","text":"Eight."}],
            "stop_reason":"end_turn","usage":{"input_tokens":{{{InputTokens}}},"output_tokens":{{{OutputTokens}}}}}
            """,
            Encoding.UTF8,
            "application/json"),
    };
}
