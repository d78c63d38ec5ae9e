using System.Text;
using Microsoft.AspNetCore.Http;

namespace Telemetry.Handler.Tests.Handler;

/// <summary>Answers of the Messages API, made by hand.</summary>
internal static class Answers
{
    public const string Start = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-5","content":[],"stop_reason":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":30,"cache_read_input_tokens":400,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":1,"service_tier":"standard","inference_geo":"global"}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}


        """;

    public const string Delta = """
        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello there, caf\u00e9 für dich"}}


        """;

    public const string End = """
        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    public const string Error = """
        event: error
        data: {"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"}}


        """;

    public const string Body = """
        {"model":"claude-opus-5","id":"msg_2","type":"message","role":"assistant","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","usage":{"input_tokens":7,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":3,"service_tier":"standard"}}
        """;

    public const string Request = """
        {"model":"claude-opus-5","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"Say hello"}]}
        """;

    public static string Stream => Start + Delta + Delta + End;

    public static async Task WriteStreamAsync(HttpContext context, params string[] parts)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            context.Response.Headers["request-id"] = "req_1";
        }

        foreach (var part in parts)
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(part), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    public static async Task WriteBodyAsync(HttpContext context, string body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    public static HttpRequestMessage NewRequest(Uri uri) => new(HttpMethod.Post, uri)
    {
        Content = new StringContent(Request, Encoding.UTF8, "application/json"),
    };
}
