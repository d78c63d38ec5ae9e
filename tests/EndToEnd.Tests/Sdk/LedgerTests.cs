using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using MessagesSimulator;
using MessagesSimulator.Billing;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;
using Microsoft.Extensions.AI;
using Telemetry.Handler;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Sdk;

/// <summary>What the official SDK's calls leave in the ledger is what the server billed.</summary>
[Collection(ObservedCalls.Name)]
public sealed class LedgerTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-sdk-");
    private MessagesServer _server = null!;
    private SqliteLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public async ValueTask InitializeAsync()
    {
        _server = await MessagesServer.StartAsync();
        _ledger = PatientLedger.Open(LedgerPath);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_chat_client_on_top_sees_sums_and_the_ledger_every_class()
    {
        using var client = Client(Attachment.Handlers);
        using var chat = client.AsIChatClient("claude-sonnet-4-6", 200);

        var answer = await chat.GetResponseAsync("Why is the sky blue?", cancellationToken: Cancellation);

        var record = Assert.Single(Records());
        AssertBilled(record);
        Assert.Equal(answer.Usage?.InputTokenCount, record.Usage?.TotalInputTokens);
        Assert.Equal(answer.Usage?.OutputTokenCount, record.Usage?.OutputTokens);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task A_whole_answer_is_recorded_as_billed(Attachment attachment)
    {
        using var client = Client(attachment);

        var written = await client.Messages.Create(SdkClient.AskCached("First?"), Cancellation);
        var read = await client.Messages.Create(SdkClient.AskCached("Second?"), Cancellation);

        var records = Records();
        Assert.Equal([written.ID, read.ID], records.Select(record => record.MessageId), StringComparer.Ordinal);
        Assert.All(records, record => AssertBilled(record));
        Assert.True(records[0].Usage!.CacheCreation5mInputTokens > 1000);
        Assert.True(records[1].Usage!.CacheReadInputTokens > 1000);
        Assert.All(records, record => Assert.Equal((CallOutcome.Success, CostBasis.Measured, 200), (record.Outcome, record.Cost.Basis, record.HttpStatus)));
        Assert.True(records[0].Cost.Total > records[1].Cost.Total);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task A_stream_is_recorded_when_its_end_is_read(Attachment attachment)
    {
        using var client = Client(attachment);

        await ReadAsync(client, SdkClient.AskCached("Hour?", Ttl.Ttl1h) with { Thinking = new ThinkingConfigAdaptive() });

        var record = Records().Single();
        AssertBilled(record);
        Assert.True(record.Usage!.CacheCreation1hInputTokens > 1000);
        Assert.True(record.Usage.ThinkingTokens > 0);
        Assert.Equal((true, StreamEnd.MessageStop, "end_turn"), (record.IsStream, record.StreamEnd, record.StopReason));
        Assert.Equal((1L, 2L), (record.Transfer.Pings, record.Transfer.ContentBlocks));
        Assert.Equal(_server.Requests[0].SentBody.Length, record.Transfer.ResponseBytes);
        Assert.True(record.Timing.Headers <= record.Timing.FirstEvent && record.Timing.FirstEvent <= record.Timing.FirstContent && record.Timing.FirstContent <= record.Timing.Total);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task Both_halves_of_a_tool_round_are_recorded(Attachment attachment)
    {
        using var client = Client(attachment);
        var question = SdkClient.AskTool("Use get_weather for Oslo.");

        var call = await client.Messages.Create(question, Cancellation);
        await client.Messages.Create(SdkClient.WithToolResult(question, call, "Rain."), Cancellation);

        var records = Records();
        Assert.Equal(["tool_use", "end_turn"], records.Select(record => record.StopReason), StringComparer.Ordinal);
        Assert.All(records, record => AssertBilled(record));
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task An_overload_and_its_retry_are_two_attempts_of_one_call(Attachment attachment)
    {
        _server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        using var client = Client(attachment);

        await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);

        var records = Records();
        Assert.Equal([(1, 529), (2, 200)], records.Select(record => (record.Attempt, record.HttpStatus!.Value)));
        Assert.Equal((CallOutcome.Error, TimeSpan.Zero), (records[0].Outcome, records[0].RetryAfter));
        Assert.Equal("529", records[0].ErrorType); // The SDK tries again without reading the body, which would name it.
        Assert.Equal((CostBasis.Unbilled, NanoUsd.Zero), (records[0].Cost.Basis, records[0].Cost.Total!.Value));
        AssertBilled(records[1]);
        Assert.All(records, record => Assert.Equal(records[0].Id, record.FirstAttemptId));
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task An_error_in_the_stream_is_recorded_with_what_was_generated(Attachment attachment)
    {
        _server.Script.Next(Fault.ErrorEvent(afterEvents: 5));
        using var client = Client(attachment);

        await Assert.ThrowsAnyAsync<AnthropicException>(() => ReadAsync(client, SdkClient.AskCached("Well?")));

        var record = Records().Single();
        Assert.Equal((CallOutcome.Error, StreamEnd.ErrorEvent, "overloaded_error"), (record.Outcome, record.StreamEnd, record.ErrorType));
        AssertBrokenOff(record);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task A_stream_left_early_is_recorded_with_a_bounded_estimate(Attachment attachment)
    {
        _server.Script.Next(
            Reply.Text(string.Join(' ', Enumerable.Repeat("word", 4000))),
            new StreamPace { TokensPerDelta = 1, BetweenEvents = TimeSpan.FromMilliseconds(1) });
        using var client = Client(attachment);

        await ReadAsync(client, SdkClient.AskCached("Long?"), most: 12);
        await _server.WhenIdleAsync();

        var record = Records().Single();
        Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed), (record.Outcome, record.StreamEnd));
        AssertBrokenOff(record);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task Counting_tokens_is_recorded_and_free(Attachment attachment)
    {
        using var client = Client(attachment);

        var count = await client.Messages.CountTokens(
            new MessageCountTokensParams { Model = SdkClient.Model, Messages = [new UserMessageParam("How long?")] },
            Cancellation);

        var record = Records().Single();
        Assert.Equal((Operation.CountTokens, CostBasis.Unbilled), (record.Operation, record.Cost.Basis));
        Assert.True(count.InputTokens > 0);
        Assert.Empty(_server.Bill.Lines);
    }

    [Fact]
    public async Task Nothing_of_prompt_answer_or_key_is_in_the_ledger()
    {
        _server.Script.Next(Reply.Thinking("thoughtmarker", "answermarker"));
        using var client = Client(Attachment.Handlers);

        await ReadAsync(client, SdkClient.Ask("questionmarker") with { System = "systemmarker" });
        await _ledger.DisposeAsync();

        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllTextAsync(file.FullName, System.Text.Encoding.Latin1, Cancellation);
            Assert.DoesNotContain("marker", bytes, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("sk-ant", bytes, StringComparison.OrdinalIgnoreCase);
        }
    }

    private AnthropicClient Client(Attachment attachment) =>
        SdkClient.Create(_server, attachment, new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = _ledger }));

    private List<CallRecord> Records()
    {
        using var reader = LedgerReader.Open(LedgerPath);
        return [.. reader.Calls(new CallFilter())];
    }

    private static async Task ReadAsync(AnthropicClient client, MessageCreateParams request, int most = int.MaxValue)
    {
        var read = 0;
        await foreach (var _ in client.Messages.CreateStreaming(request, Cancellation))
        {
            if (++read == most)
            {
                break;
            }
        }
    }

    private BillLine AssertInputBilled(CallRecord record)
    {
        var line = _server.Bill.Find(record.MessageId!);
        Assert.NotNull(line);
        var (usage, billed) = (record.Usage!, line.Usage);
        Assert.Equal((line.RequestId, line.Model), (record.RequestId, record.ModelServed));
        Assert.Equal((billed.InputTokens, billed.CacheReadInputTokens), (usage.InputTokens, usage.CacheReadInputTokens));
        Assert.Equal(
            (billed.CacheCreation5mInputTokens, billed.CacheCreation1hInputTokens),
            (usage.CacheCreation5mInputTokens, usage.CacheCreation1hInputTokens));
        return line;
    }

    private void AssertBilled(CallRecord record)
    {
        var billed = AssertInputBilled(record).Usage;
        Assert.Equal(billed.OutputTokens, record.Usage!.OutputTokens);
        Assert.Equal(billed.ThinkingTokens, record.Usage.ThinkingTokens ?? 0);
    }

    /// <summary>The input is exact; the output is an estimate, and what was billed lies within its bounds.</summary>
    private void AssertBrokenOff(CallRecord record)
    {
        var line = AssertInputBilled(record);
        Assert.Equal(AnswerState.BrokenOff, line.State);
        Assert.Equal(CostBasis.Estimated, record.Cost.Basis);
        Assert.InRange(line.Usage.OutputTokens, record.Estimate!.OutputTokensLow ?? 0, record.Estimate.OutputTokensHigh ?? long.MaxValue);
        Assert.True(record.Cost.LowerBound <= record.Cost.Total);
    }
}
