using Anthropic;
using Anthropic.Models.Messages;
using Anthropic.Models.Messages.Batches;
using CostLedger;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Records;
using MessagesSimulator;
using MessagesSimulator.Scripting;
using Telemetry.Handler;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Sdk;

/// <summary>A batch of the official SDK: created, asked about, read, and in the ledger as it was billed.</summary>
[Collection(ObservedCalls.Name)]
public sealed class BatchTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-batch-");
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

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task Every_request_of_a_batch_is_recorded_once_as_billed(Attachment attachment)
    {
        _server.Script.Next(new ScriptStep()).Next(new ScriptStep()).Next(Fault.Status(400, "invalid_request_error", "No")).Next(Fault.Reset(0)).Next(Fault.Hang(0));
        using var client = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = _ledger }));

        var batch = await client.Messages.Batches.Create(
            new BatchCreateParams { Requests = [Request("warm"), Request("cached"), Request("bad"), Request("stopped"), Request("late")] },
            Cancellation);
        var ended = await client.Messages.Batches.Retrieve(batch.ID, cancellationToken: Cancellation);
        var first = await ReadAsync(client, batch.ID);
        var second = await ReadAsync(client, batch.ID);

        Assert.Equal(["bad", "cached", "late", "stopped", "warm"], first.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(first, second, StringComparer.Ordinal);
        var records = Records();
        AssertCalls(records, batch.ID);
        AssertResults(records, batch.ID, ended.EndedAt!.Value);
    }

    private static Request Request(string name)
    {
        var ask = SdkClient.AskCached($"Why {name}?");
        return new Request
        {
            CustomID = name,
            Params = new Params { Model = SdkClient.Model, MaxTokens = 100, Messages = ask.Messages, System = new List<TextBlockParam>(Rules()) },
        };
    }

    private static IEnumerable<TextBlockParam> Rules()
    {
        yield return new TextBlockParam(string.Join(' ', Enumerable.Repeat("rule", 1500))) { CacheControl = new CacheControlEphemeral { Ttl = Ttl.Ttl1h } };
    }

    private static async Task<List<string>> ReadAsync(AnthropicClient client, string batch)
    {
        var names = new List<string>();
        await foreach (var result in client.Messages.Batches.ResultsStreaming(batch, cancellationToken: Cancellation))
        {
            names.Add(result.CustomID);
        }

        return names;
    }

    private static void AssertCalls(List<CallRecord> records, string batch)
    {
        var calls = records.Where(record => record.Operation != Operation.BatchResult).ToList();
        Assert.Equal([Operation.BatchCreate, Operation.BatchOther, Operation.BatchResults, Operation.BatchResults], calls.Select(call => call.Operation));
        Assert.All(calls, call =>
        {
            Assert.Equal((batch, null, CostBasis.Unbilled, CallOutcome.Success), (call.BatchId, call.CustomId, call.Cost.Basis, call.Outcome));
            Assert.Empty(call.Faults);
        });
        Assert.Equal((5L, 5L), (calls[0].BatchRequests, calls[1].BatchRequests));
    }

    private void AssertResults(List<CallRecord> records, string batch, DateTimeOffset endedAt)
    {
        var results = records.Where(record => record.Operation == Operation.BatchResult).ToDictionary(record => record.CustomId!, StringComparer.Ordinal);
        Assert.Equal(5, results.Count);
        Assert.All(results.Values, result => Assert.Equal((batch, endedAt, null), (result.BatchId, result.StartedAt, result.HttpStatus)));
        foreach (var name in (string[])["warm", "cached"])
        {
            AssertBilled(results[name]);
        }

        Assert.True(results["warm"].Usage!.CacheCreation1hInputTokens > 1000);
        Assert.True(results["cached"].Usage!.CacheReadInputTokens > 1000);
        Assert.Equal((CallOutcome.Error, "invalid_request_error"), (results["bad"].Outcome, results["bad"].ErrorType));
        Assert.Equal((CallOutcome.Canceled, null), (results["stopped"].Outcome, results["stopped"].ErrorType));
        Assert.Equal((CallOutcome.Error, "expired"), (results["late"].Outcome, results["late"].ErrorType));
        Assert.All([results["bad"], results["stopped"], results["late"]], result => Assert.Equal((CostBasis.Unbilled, 0L), (result.Cost.Basis, result.Cost.Total!.Value.Value)));
    }

    private void AssertBilled(CallRecord record)
    {
        var billed = _server.Bill.Find(record.MessageId!)!.Usage;
        var usage = record.Usage!;
        Assert.Equal((billed.InputTokens, billed.OutputTokens, billed.CacheReadInputTokens), (usage.InputTokens, usage.OutputTokens, usage.CacheReadInputTokens));
        Assert.Equal((billed.CacheCreation1hInputTokens, "batch"), (usage.CacheCreation1hInputTokens, usage.ServiceTier));

        var alone = record with { Operation = Operation.Messages, Usage = usage with { ServiceTier = "standard" } };
        Assert.Equal(PriceBook.Default.Price(PricingRequest.From(alone)).Cost.Total!.Value.Value, record.Cost.Total!.Value.Value * 2);
        Assert.Equal(CostBasis.Measured, record.Cost.Basis);
    }

    private List<CallRecord> Records()
    {
        using var reader = LedgerReader.Open(LedgerPath);
        return [.. reader.Calls(new CallFilter())];
    }
}
