using System.Diagnostics;
using System.Text;
using CostLedger;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

// Listeners are global, and a span that is current makes .NET send its own traceparent.
[Collection(Tracing.Name)]
public sealed class ContentPrivacyTests
{
    private const string Request = """
        {"model":"claude-opus-5","max_tokens":64,"stream":true,"system":"CONTENT-system sk-ant-api03-NEVER","stop_sequences":["CONTENT-stop"],
         "tools":[{"name":"CONTENT-tool","description":"CONTENT-description","input_schema":{}}],"metadata":{"user_id":"NEVER-user"},
         "messages":[{"role":"user","content":[{"type":"text","text":"CONTENT-prompt AKIANEVERNEVERNEVER0 Authorization: Bearer NEVER-token"},
           {"type":"image","source":{"type":"base64","media_type":"image/png","data":"NEVERimage"}},
           {"type":"image","source":{"type":"url","url":"https://host/CONTENT.png?sig=NEVER"}}]},
          {"role":"assistant","content":[{"type":"thinking","thinking":"CONTENT-thought","signature":"NEVER-signature"},{"type":"redacted_thinking","data":"NEVER-redacted"},
           {"type":"tool_use","id":"t","name":"CONTENT-tool","input":{"x-api-key":"NEVER-key","query":"CONTENT-argument","cookie":"NEVER-cookie"}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"CONTENT-result Set-Cookie: sid=NEVER"}]}]}
        """;

    private static readonly string[] Deltas =
    [
        Delta("thinking_delta", "thinking", "CONTENT-thinking"), Delta("signature_delta", "signature", "NEVER-signature"),
        Delta("text_delta", "text", "CONTENT-completion sk-ant-api03-NE"), Delta("text_delta", "text", "VER-split"),
        Delta("input_json_delta", "partial_json", "{\\\"api_key\\\":\\\"NEVER\\\",\\\"a\\\":\\\"CONTENT-input\\\"}"),
    ];

    private static readonly string[] Contents =
    [
        "CONTENT-system", "CONTENT-stop", "CONTENT-tool", "CONTENT-prompt", "CONTENT.png", "CONTENT-thought", "CONTENT-argument", "CONTENT-result",
        "CONTENT-thinking", "CONTENT-completion", "CONTENT-input",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Content_goes_to_spans_and_its_event_alone_and_only_when_it_is_captured(bool isCaptured)
    {
        using var sinks = new Sinks();
        await using var server = await LoopbackServer.StartAsync(context => context.Request.Headers["x-fail"] == "1"
            ? Answers.WriteBodyAsync(context, """{"type":"error","error":{"type":"invalid_request_error","message":"NEVER-error"}}""", 400)
            : Answers.WriteStreamAsync(context, [Answers.Start, .. Deltas, Answers.End]));
        await using var client = new ObservedClient(
            configure: options => (options.CaptureContent, options.LoggerFactory, options.LogOperationDetails) = (isCaptured, sinks, true),
            ledger: new SqliteLedgerOptions());

        await SendAsync(client, server.Messages, "0");
        await SendAsync(client, server.Messages, "1");
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(client, new Uri("http://NEVER:NEVER@127.0.0.1:1/v1/messages?key=NEVER"), "0"));
        var files = await FilesAfterTroubleAsync(client, server.Messages);

        Assert.Contains("costledger.attempt.failed", sinks.Told, StringComparison.Ordinal);
        Assert.DoesNotContain("NEVER", sinks.Told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NEVER", files, StringComparison.Ordinal);
        // The names of tools are in the ledger: docs/decisions/0006.
        Assert.DoesNotContain("CONTENT-", files.Replace("CONTENT-tool", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("CONTENT-description", sinks.Told, StringComparison.Ordinal);
        Assert.Equal(isCaptured ? Contents : [], Contents.Where(text => sinks.Told.Contains(text, StringComparison.Ordinal)));
    }

    /// <summary>All that lies around the ledger: itself, the notes of a call in flight, and what waits in the spool while the file is locked.</summary>
    private static async Task<string> FilesAfterTroubleAsync(ObservedClient client, Uri uri)
    {
        var files = new StringBuilder();
        await using (var locked = new SqliteConnection($"Data Source={client.LedgerPath};Pooling=False"))
        {
            await locked.OpenAsync(Token);
            await using var command = locked.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(Token);
            using var request = NewRequest(uri, "0");
            using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            await stream.ReadExactlyAsync(new byte[Answers.Start.Length], Token);
            files.Append(await FilesOfAsync(client));
            await stream.CopyToAsync(Stream.Null, Token);

            // The caller does not wait for the spool.
            while (client.Ledger.Statistics.Spooled == 0)
            {
                Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            files.Append(await FilesOfAsync(client));
        }

        Assert.Contains("inflight", files.ToString(), StringComparison.Ordinal);
        Assert.Contains("spool", files.ToString(), StringComparison.Ordinal);
        await client.Ledger.DisposeAsync();
        return files.Append(await FilesOfAsync(client)).ToString();
    }

    // The notes are open for their writer alone, which binds other programs of .NET only.
    private static async Task<string> FilesOfAsync(ObservedClient client)
    {
        var folder = Path.GetDirectoryName(client.LedgerPath)!;
        using var tail = Process.Start(new ProcessStartInfo("tail", ["-v", "-c", "+1", .. Directory.GetFiles(folder)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.Latin1,
        })!;
        var text = await tail.StandardOutput.ReadToEndAsync(Token);
        await tail.WaitForExitAsync(Token);
        return text;
    }

    private static async Task SendAsync(ObservedClient client, Uri uri, string fail)
    {
        using var request = NewRequest(uri, fail);
        using var response = await client.Http.SendAsync(request, Token);
        await response.Content.ReadAsStringAsync(Token);
    }

    private static HttpRequestMessage NewRequest(Uri uri, string fail)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new StringContent(Request, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-api-key", "sk-ant-NEVER");
        request.Headers.Add("authorization", "Bearer NEVER");
        request.Headers.Add("cookie", "NEVER");
        request.Headers.Add("x-fail", fail);
        return request;
    }

    private static string Delta(string type, string field, string value) =>
        $$$"""
        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"{{{type}}}","{{{field}}}":"{{{value}}}"}}


        """;
}
