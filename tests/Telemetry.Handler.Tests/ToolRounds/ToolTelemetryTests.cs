using System.Text;
using CostLedger.Querying;
using CostLedger.Querying.Conversations;
using CostLedger.Querying.Tools;
using Telemetry.Handler.Tests.Events;
using Telemetry.Handler.Tests.Handler;
using Telemetry.Handler.Tests.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.ToolRounds;

// Listeners are global, and a span that is current makes .NET send its own traceparent.
[Collection(Tracing.Name)]
public sealed class ToolTelemetryTests
{
    private const string Detected = "costledger.loop.detected";
    private const string Argument = "planted argument";
    private const string Result = "planted result";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_loop_is_told_once_and_is_on_every_span_of_it_and_in_the_ledger()
    {
        using var spans = new SpanCollector("Telemetry.Handler");
        using var loggers = new RecordingLoggers();
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Start, Answers.End));
        await using var client = new ObservedClient(configure: options => options.LoggerFactory = loggers);

        await LoopAsync(client, server.Messages, rounds: 5);

        var entry = Assert.Single(loggers.Of(Detected));
        Assert.Equal(("repeat", "read_file", 3), (entry.Attributes["costledger.loop.kind"], entry.Attributes["costledger.loop.tool"], entry.Attributes["costledger.loop.rounds"]));
        Assert.Equal([3, 4, 5], spans.Stopped.Select(span => span.GetTagItem("costledger.loop.rounds")).OfType<object>().Select(Convert.ToInt32).Order());
        await client.Ledger.DisposeAsync();
        using var reader = LedgerReader.Open(client.LedgerPath);
        var conversation = Assert.Single(reader.Conversations(new CallFilter()).Conversations);
        Assert.Equal([1, 2, 3, 4, 5, 6], conversation.Turns.Select(turn => turn.Number));
        Assert.Equal((5, 5), (Assert.Single(conversation.Loops).Loop.Rounds, conversation.Loops[0].AtRisk.Calls));
        var tool = Assert.Single(reader.Tools(new CallFilter()).Tools);
        Assert.Equal(("read_file", 5, 0), (tool.Name, tool.Rounds, tool.Errors));
        Assert.Equal(5, tool.Time!.Count);
    }

    [Fact]
    public async Task Nothing_of_arguments_and_results_is_in_the_ledger_on_spans_or_in_logs()
    {
        using var spans = new SpanCollector("Telemetry.Handler");
        using var loggers = new RecordingLoggers();
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Start, Answers.End));
        await using var client = new ObservedClient(configure: options => options.LoggerFactory = loggers);

        await LoopAsync(client, server.Messages, rounds: 4);

        await client.Ledger.DisposeAsync();
        var files = Directory.GetFiles(Path.GetDirectoryName(client.LedgerPath)!).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        var told = spans.Stopped.SelectMany(span => span.TagObjects).Select(tag => $"{tag.Value}")
            .Concat(loggers.Entries.SelectMany(entry => entry.Attributes.Values.Select(value => $"{value}").Append(entry.Text)));
        Assert.All(files.Concat(told), text => Assert.DoesNotContain("planted", text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_reads_no_prompts_has_no_rounds_and_a_threshold_must_make_sense()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Start, Answers.End));
        await using var client = new ObservedClient(configure: options => options.ReadPrompts = false);

        await LoopAsync(client, server.Messages, rounds: 4);

        await client.Ledger.DisposeAsync();
        using var reader = LedgerReader.Open(client.LedgerPath);
        Assert.Equal((0, 5), (reader.Tools(new CallFilter()).Tools.Count, reader.Tools(new CallFilter()).Unread));
        var fault = Assert.Throws<ArgumentException>(() => new MessagesTelemetryHandler(new MessagesTelemetryOptions { ToolLoopRounds = 1 }));
        Assert.Contains("ToolLoopRounds must be 0, or from 2 to 16 (it is 1).", fault.Message, StringComparison.Ordinal);
    }

    private static async Task LoopAsync(ObservedClient client, Uri uri, int rounds)
    {
        var body = new ToolBody().Says("hi");
        for (var i = 0; i <= rounds; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new StringContent(body.ToString(), Encoding.UTF8, "application/json") };
            using var response = await client.Http.SendAsync(request, Token);
            await response.Content.ReadAsStringAsync(Token);
            body.Round("read_file", $$"""{"path":"{{Argument}}"}""", $"{Result} {i}");
        }
    }
}
