using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

// Listeners are global, and a span that is current makes .NET send its own traceparent.
[Collection(Tracing.Name)]
public sealed class PrivacyTests
{
    private const string Key = "sk-ant-planted-0123456789";
    private const string Cookie = "planted-cookie-value";
    private const string Prompt = "planted prompt sentence";
    private const string System = "planted system sentence";
    private const string Completion = "planted completion sentence";
    private const string ToolArgument = "planted tool argument";
    private const string ErrorText = "planted error text";

    private static readonly string[] Secrets = [Key, Cookie, Prompt, System, Completion, ToolArgument, ErrorText];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_prompt_completion_key_or_header_is_in_the_ledger_or_on_spans()
    {
        var exported = new StringBuilder();
        using var listener = Export(exported);
        await using var server = await LoopbackServer.StartAsync(context => context.Request.Headers["x-fail"] == "1"
            ? Answers.WriteBodyAsync(context, $$$"""{"type":"error","error":{"type":"invalid_request_error","message":"{{{ErrorText}}}"}}""", 400)
            : Answers.WriteStreamAsync(context, Answers.Start, Delta("text_delta", "text", Completion), Delta("input_json_delta", "partial_json", ToolArgument), Answers.End));
        await using var client = new ObservedClient();

        await SendAsync(client, server.Messages, fail: false);
        await SendAsync(client, server.Messages, fail: true);

        Assert.Equal(2, client.Rows().Count);
        await client.Ledger.DisposeAsync();
        var stored = string.Concat(Directory.GetFiles(Path.GetDirectoryName(client.LedgerPath)!).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        var told = Told(exported);
        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("claude-opus-5", told, StringComparison.Ordinal);
    }

    private static string Delta(string type, string field, string value) =>
        $$$"""
        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"{{{type}}}","{{{field}}}":"{{{value}}}"}}


        """;

    private static async Task SendAsync(ObservedClient client, Uri uri, bool fail)
    {
        var body = JsonSerializer.Serialize(new
        {
            model = "claude-opus-5",
            max_tokens = 10,
            stream = true,
            system = System,
            stop_sequences = new[] { Prompt },
            messages = new[] { new { role = "user", content = Prompt } },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-api-key", Key);
        request.Headers.Add("authorization", $"Bearer {Key}");
        request.Headers.Add("cookie", Cookie);
        request.Headers.Add("x-fail", fail ? "1" : "0");
        using var response = await client.Http.SendAsync(request, Token);
        await response.Content.ReadAsStringAsync(Token);
    }

    private static ActivityListener Export(StringBuilder text)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Telemetry.Handler",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (text)
                {
                    text.AppendLine(activity.DisplayName).AppendLine(activity.StatusDescription);
                    text.AppendJoin('\n', activity.TagObjects.Select(tag => $"{tag.Key}={Show(tag.Value)}"));
                    text.AppendJoin('\n', activity.Events.SelectMany(e => e.Tags.Select(tag => $"{e.Name} {tag.Key}={Show(tag.Value)}")));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    // Spans of other tests end at any time.
    private static string Told(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static string? Show(object? value) => value is string[] many ? string.Join(',', many) : value?.ToString();
}
