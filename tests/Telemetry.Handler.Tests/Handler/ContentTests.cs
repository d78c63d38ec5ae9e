using System.Diagnostics;
using System.Text;
using Telemetry.Handler.Tests.Content;
using Telemetry.Handler.Tests.Events;
using Telemetry.Handler.Tests.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

// Listeners are global, and a span that is current makes .NET send its own traceparent.
[Collection(Tracing.Name)]
public sealed class ContentTests
{
    private const string Input = """[{"role":"user","parts":[{"type":"text","content":"Say hello"}]}]""";
    private const string Output = """[{"role":"assistant","parts":[{"type":"text","content":"Hello there, café für dichHello there, café für dich"}],"finish_reason":"stop"}]""";

    private static readonly string[] Names =
        ["gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions", "gen_ai.tool.definitions", "gen_ai.request.stop_sequences", "anthropic.content.truncated"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_is_on_the_span_when_it_is_captured()
    {
        var span = await CallAsync(options => options.CaptureContent = true);

        Assert.Equal((Input, Output), ((string?)span.GetTagItem(Names[0]), (string?)span.GetTagItem(Names[1])));
        Assert.Equal(Names[..2], span.TagObjects.Select(tag => tag.Key).Intersect(Names).Order());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public async Task No_content_is_anywhere_by_default(bool? setting)
    {
        using var loggers = new RecordingLoggers();
        var span = await CallAsync(options =>
            (options.CaptureContent, options.LoggerFactory, options.LogOperationDetails) = (setting, loggers, true));

        Assert.Empty(span.TagObjects.Select(tag => tag.Key).Intersect(Names));
        Assert.Empty(Assert.Single(loggers.Entries).Attributes.Keys.Intersect(Names));
    }

    [Fact]
    public async Task The_event_of_the_whole_call_has_content_as_lists_and_maps()
    {
        using var loggers = new RecordingLoggers();
        await CallAsync(options => (options.CaptureContent, options.LoggerFactory, options.LogOperationDetails) = (true, loggers, true));

        var messages = Assert.IsType<IReadOnlyList<object?>>(Assert.Single(loggers.Entries).Attributes["gen_ai.output.messages"], exactMatch: false);
        var message = Assert.IsType<Dictionary<string, object?>>(Assert.Single(messages));
        Assert.Equal(("assistant", "stop"), (message["role"], message["finish_reason"]));
        var part = Assert.IsType<Dictionary<string, object?>>(Assert.Single((List<object?>)message["parts"]!));
        Assert.Equal("text", part["type"]);
        Assert.Equal(Output, messages.ToString());
    }

    [Fact]
    public async Task Content_beyond_the_bound_is_marked()
    {
        var span = await CallAsync(options => (options.CaptureContent, options.MaxContentBytes) = (true, 150));

        Assert.Equal(true, span.GetTagItem("anthropic.content.truncated"));
        Assert.InRange(Names[..2].Sum(name => ((string?)span.GetTagItem(name))?.Length ?? 0), 1, 150);
    }

    [Fact]
    public async Task A_body_that_is_known_only_after_it_was_sent_is_captured_too()
    {
        var span = await CallAsync(options => options.CaptureContent = true, new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(Answers.Request))));

        Captured.AssertJson(Input, (string?)span.GetTagItem(Names[0]));
    }

    [Fact]
    public async Task A_span_that_is_adopted_gets_what_it_lacks_and_keeps_what_it_has()
    {
        using var source = new ActivitySource(new ActivitySourceOptions("sdk" + Guid.NewGuid().ToString("N")));
        using var spans = new SpanCollector(source.Name);
        using (var call = source.StartActivity("theirs", ActivityKind.Client)!)
        {
            call.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.input.messages", "theirs");
            await CallAsync(options => options.CaptureContent = true);
        }

        var adopted = Assert.Single(spans.Stopped);
        Assert.Equal(("theirs", Output), ((string?)adopted.GetTagItem(Names[0]), (string?)adopted.GetTagItem(Names[1])));
    }

    [Fact]
    public async Task Counting_tokens_captures_nothing()
    {
        var span = await CallAsync(options => options.CaptureContent = true, path: "/v1/messages/count_tokens");

        Assert.Empty(span.TagObjects.Select(tag => tag.Key).Intersect(Names));
    }

    [Fact]
    public void A_bound_below_nothing_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new MessagesTelemetryHandler(new MessagesTelemetryOptions { MaxContentBytes = -1, WriteToLedger = false }));

        Assert.Contains("MaxContentBytes must not be negative", error.Message, StringComparison.Ordinal);
    }

    private static async Task<Activity> CallAsync(Action<MessagesTelemetryOptions> configure, HttpContent? content = null, string path = "/v1/messages")
    {
        using var spans = new SpanCollector("Telemetry.Handler");
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Stream));
        await using var client = new ObservedClient(configure: configure);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, path))
        {
            Content = content ?? new StringContent(Answers.Request, Encoding.UTF8, "application/json"),
        };
        using var response = await client.Http.SendAsync(request, Token);
        await response.Content.ReadAsStringAsync(Token);
        var id = client.Row().Id.ToString();
        return spans.Stopped.Single(span => (string?)span.GetTagItem("costledger.call.id") == id);
    }
}
