using System.Net;
using System.Text;
using CostLedger.Records;
using Telemetry.Handler.Tests.EventStreams;
using Telemetry.Handler.Tests.Messages;
using Telemetry.Handler.Tests.Streaming;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

/// <summary>Answers of Amazon Bedrock through the whole handler, down to their rows.</summary>
public sealed class BedrockTests
{
    private const string EventStream = "application/vnd.amazon.eventstream";
    private const string InvokeStream = "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-opus-4-7/invoke-with-response-stream";
    private const string Invoke = "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-v2/invoke";
    private const string ConverseStream = "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-opus-4-7/converse-stream";
    private const string Converse = "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-opus-4-7/converse";
    private const string Completion = """{"completion":" Paris.","stop_reason":"stop_sequence","stop":"\n\nHuman:"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_passes_unchanged_and_is_measured_from_its_own_usage()
    {
        var stream = Frames.OfServerSentEvents(Samples.Text.Replace(
            """{"type":"message_stop"   }""",
            """{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":12,"outputTokenCount":99,"invocationLatency":1482}}""",
            StringComparison.Ordinal));

        var row = await CallAsync(InvokeStream, EventStream, stream);

        Assert.Equal((CallOutcome.Success, StreamEnd.MessageStop, CostBasis.Measured), (row.Outcome, row.StreamEnd, row.Cost.Basis));
        Assert.Equal((12, 57, 99), (row.Usage?.InputTokens, row.Usage?.OutputTokens, row.InvocationMetrics?.OutputTokens));
        Assert.Equal(TimeSpan.FromMilliseconds(1482), row.InvocationMetrics?.InvocationLatency);
        Assert.Equal((8, "claude-opus-4-7", "anthropic.claude-opus-4-7", true), (row.Transfer.Events, row.ModelServed, row.ModelRequested, row.IsStream));
        Assert.Empty(row.Faults);
    }

    [Theory]
    [InlineData(Completion)]
    [InlineData("""{"completion":" Paris.","stop_reason":"stop_sequence","usage":{}}""")]
    [InlineData("""{"completion":" Paris.","stop_reason":"stop_sequence","usage":null}""")]
    public async Task Where_an_answer_has_no_usage_its_headers_stand_in_and_it_says_so(string body)
    {
        var row = await CallAsync(
            Invoke, "application/json", Encoding.UTF8.GetBytes(body),
            ("x-amzn-bedrock-input-token-count", "16"), ("x-amzn-bedrock-output-token-count", "82"), ("x-amzn-bedrock-invocation-latency", "4651"));

        Assert.Equal(new TokenUsage { InputTokens = 16, OutputTokens = 82 }, row.Usage);
        Assert.Equal((CallOutcome.Success, "stop_sequence"), (row.Outcome, row.StopReason));
        Assert.Equal("usage_from_metrics", Assert.Single(row.Faults));
        Assert.Equal(TimeSpan.FromMilliseconds(4651), row.InvocationMetrics?.InvocationLatency);
    }

    [Fact]
    public async Task The_last_event_of_a_legacy_completion_stands_in_too()
    {
        var stream = Frames.Join(
            Frames.Chunk("""{"completion":" Paris.","stop_reason":null}"""),
            Frames.Chunk("""{"completion":"","stop_reason":"stop_sequence","amazon-bedrock-invocationMetrics":{"inputTokenCount":16,"outputTokenCount":63}}"""));

        var row = await CallAsync(InvokeStream, EventStream, stream);

        Assert.Equal((CallOutcome.Success, StreamEnd.MessageStop), (row.Outcome, row.StreamEnd));
        Assert.Equal(new TokenUsage { InputTokens = 16, OutputTokens = 63 }, row.Usage);
        Assert.Equal("usage_from_metrics", Assert.Single(row.Faults));
    }

    [Theory]
    [InlineData("message_start", 1_000, 57)]
    [InlineData("message_delta", 12, 60)]
    public async Task Where_a_damaged_frame_held_a_count_the_last_event_stands_in_for_it(string damaged, int input, int output)
    {
        var told = Samples.Text.Replace(
            """{"type":"message_stop"   }""",
            """{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":1000,"outputTokenCount":60}}""",
            StringComparison.Ordinal).Replace(
            """{"input_tokens":12,"cache_creation_input_tokens":30,"cache_read_input_tokens":400,"output_tokens":57""", """{"output_tokens":57""", StringComparison.Ordinal);
        var events = told.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).ToList();
        var frames = events.ConvertAll(line => Frames.Chunk(line[6..]));
        frames[events.FindIndex(line => line.Contains($"\"{damaged}\"", StringComparison.Ordinal))][^1] ^= 0xFF;

        var row = await CallAsync(InvokeStream, EventStream, Frames.Join(frames));

        Assert.Equal((CallOutcome.Success, CostBasis.Measured), (row.Outcome, row.Cost.Basis));
        Assert.Equal((input, output), (row.Usage?.InputTokens, row.Usage?.OutputTokens));
        Assert.Equal(["corrupt_frame", "usage_from_metrics"], row.Faults);
    }

    [Fact]
    public async Task An_answers_own_usage_is_never_replaced()
    {
        var row = await CallAsync(
            Invoke, "application/json", Encoding.UTF8.GetBytes(Answers.Body),
            ("x-amzn-bedrock-input-token-count", "1600"), ("x-amzn-bedrock-output-token-count", "8200"), ("x-amzn-bedrock-service-tier", "flex"));

        Assert.Equal((7, 3, "standard"), (row.Usage?.InputTokens, row.Usage?.OutputTokens, row.Usage?.ServiceTier));
        Assert.Equal((1600, 8200), (row.InvocationMetrics?.InputTokens, row.InvocationMetrics?.OutputTokens));
        Assert.Empty(row.Faults);
    }

    [Fact]
    public async Task A_whole_answer_that_nobody_read_is_known_from_its_headers()
    {
        await using var client = new ObservedClient(new Answering(() => NewResponse("application/json", new ByteArrayContent(Encoding.UTF8.GetBytes(Answers.Body)),
            ("x-amzn-bedrock-input-token-count", "16"), ("x-amzn-bedrock-output-token-count", "82"))));
        using var request = NewRequest(Invoke);

        (await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token)).Dispose();

        Assert.Equal((CallOutcome.Canceled, 16, 82), (client.Row().Outcome, client.Row().Usage?.InputTokens, client.Row().Usage?.OutputTokens));
        Assert.Null(client.Row().Estimate?.OutputTokens);
        Assert.NotEqual(CostBasis.Estimated, client.Row().Cost.Basis);
    }

    [Theory]
    [InlineData("throttlingException")]
    [InlineData("modelStreamErrorException")]
    public async Task An_exception_within_a_stream_is_its_error(string type)
    {
        var stream = Frames.Join(Frames.OfServerSentEvents(Answers.Start + Answers.Delta), Frames.Exception(type, """{"message":"Too many requests"}"""));

        var row = await CallAsync(InvokeStream, EventStream, stream);

        Assert.Equal((CallOutcome.Error, StreamEnd.ErrorEvent, type), (row.Outcome, row.StreamEnd, row.ErrorType));
        Assert.Equal((12, (long?)null), (row.Usage?.InputTokens, row.Usage?.OutputTokens));
        Assert.NotNull(row.Estimate);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_estimated_from_what_arrived()
    {
        var stream = Frames.OfServerSentEvents(Answers.Start + Answers.Delta);

        var row = await CallAsync(InvokeStream, EventStream, stream[..^7]);

        Assert.Equal((CallOutcome.Truncated, StreamEnd.EofWithoutStop), (row.Outcome, row.StreamEnd));
        Assert.Equal("truncated_frame", Assert.Single(row.Faults));
        Assert.NotNull(row.Estimate);
    }

    [Fact]
    public async Task Converse_is_recorded_and_priced()
    {
        var row = await CallAsync(Converse, "application/json", Encoding.UTF8.GetBytes(ConverseSamples.Body.Replace("\"flex\"", "\"default\"", StringComparison.Ordinal)));

        Assert.Equal((Operation.Converse, Provider.Bedrock, CallOutcome.Success, CostBasis.Measured), (row.Operation, row.Provider, row.Outcome, row.Cost.Basis));
        Assert.Equal((3, 121, 1712, 20, 16), (row.Usage?.InputTokens, row.Usage?.OutputTokens, row.Usage?.CacheReadInputTokens, row.Usage?.CacheCreation5mInputTokens, row.Usage?.CacheCreation1hInputTokens));
        Assert.Equal(("guardrail_intervened", "standard"), (row.StopReason, row.Usage?.ServiceTier));
        Assert.Null(row.StreamEnd);
    }

    [Fact]
    public async Task A_converse_stream_ends_with_its_usage()
    {
        var row = await CallAsync(ConverseStream, EventStream, ConverseSamples.Stream);

        Assert.Equal((Operation.Converse, CallOutcome.Success, StreamEnd.MessageStop, CostBasis.Measured), (row.Operation, row.Outcome, row.StreamEnd, row.Cost.Basis));
        Assert.Equal((435, 68, "tool_use"), (row.Usage?.InputTokens, row.Usage?.OutputTokens, row.StopReason));
        Assert.NotNull(row.Timing.FirstContent);

        row = await CallAsync(ConverseStream, EventStream, Frames.Join(ConverseSamples.Start, ConverseSamples.Text, ConverseSamples.Tool, ConverseSamples.Stop));
        Assert.Equal((CallOutcome.Truncated, null), (row.Outcome, row.Usage));
        Assert.True(row.Estimate?.OutputTokens > 0);
    }

    [Fact]
    public async Task Providers_mixed_behind_one_host_are_told_apart_by_what_they_send()
    {
        const string Anthropic = "https://gateway.example/v1/messages";
        var rows = new[]
        {
            await CallAsync(Anthropic, EventStream, Frames.OfServerSentEvents(Samples.Text)),
            await CallAsync("https://gateway.example/model/anthropic.claude-opus-4-7/invoke-with-response-stream", "text/event-stream", Encoding.UTF8.GetBytes(Samples.Text)),
            await CallAsync("https://gateway.example/model/anthropic.claude-opus-4-7/converse-stream", "text/event-stream", Encoding.UTF8.GetBytes(Samples.Text)),
            await CallAsync("https://gateway.example/model/anthropic.claude-opus-4-7/converse-stream", EventStream, Frames.OfServerSentEvents(Samples.Text)),
        };

        Assert.All(rows, row => Assert.Equal((CallOutcome.Success, 57, StreamEnd.MessageStop), (row.Outcome, row.Usage?.OutputTokens, row.StreamEnd)));
        Assert.Equal(68, (await CallAsync(Anthropic, EventStream, ConverseSamples.Stream)).Usage?.OutputTokens);
        Assert.Equal(3, (await CallAsync(Converse, "application/json", Encoding.UTF8.GetBytes(Answers.Body))).Usage?.OutputTokens);
    }

    [Fact]
    public async Task Nothing_is_added_to_a_request()
    {
        HttpRequestMessage? seen = null;
        await using var client = new ObservedClient(new Answering(() => NewResponse("application/json", new StringContent(Completion)), request => seen = request));
        using var request = NewRequest(Invoke);
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Signature=abc");
        var headers = request.Headers.ToString() + request.Content!.Headers;

        using var response = await client.Http.SendAsync(request, Token);

        Assert.Equal(headers, seen!.Headers.ToString() + seen.Content!.Headers);
    }

    // Through a content that can be read in one way only, as the official SDK's own for Bedrock.
    private static async Task<CallRecord> CallAsync(string url, string type, byte[] bytes, params (string Name, string Value)[] headers)
    {
        await using var client = new ObservedClient(new Answering(() => NewResponse(type, new MemoryOnlyContent(bytes, 97), headers)));
        using var request = NewRequest(url);
        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using var read = new MemoryStream();
        await (await response.Content.ReadAsStreamAsync(Token)).CopyToAsync(read, Token);

        Assert.Equal(bytes, read.ToArray());
        return client.Row();
    }

    private static HttpRequestMessage NewRequest(string url) => new(HttpMethod.Post, url)
    {
        Content = new StringContent("""{"max_tokens":64,"messages":[{"role":"user","content":"Say hello"}]}""", Encoding.UTF8, "application/json"),
    };

    private static HttpResponseMessage NewResponse(string type, HttpContent content, params (string Name, string Value)[] headers)
    {
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private sealed class Answering(Func<HttpResponseMessage> answer, Action<HttpRequestMessage>? onRequest = null) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            onRequest?.Invoke(request);
            return Task.FromResult(answer());
        }
    }
}
