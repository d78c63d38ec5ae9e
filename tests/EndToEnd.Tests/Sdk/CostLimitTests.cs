using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using MessagesSimulator;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;
using Telemetry.Handler;
using Telemetry.Handler.Progress;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Sdk;

/// <summary>A stop at a cost comes through the official SDK as what it is.</summary>
[Collection(ObservedCalls.Name)]
public sealed class CostLimitTests : IAsyncLifetime
{
    private static readonly NanoUsd Limit = new(5_000_000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-limit-");
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
    public async Task The_loop_over_a_stream_throws_it_once_and_nothing_is_sent_again(Attachment attachment)
    {
        _server.Script.Next(
            Reply.Text(string.Join(' ', Enumerable.Repeat("word", 900))),
            new StreamPace { TokensPerDelta = 1, BetweenEvents = TimeSpan.FromMilliseconds(1) });
        var told = new List<CallProgress>();
        using var client = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler(new MessagesTelemetryOptions
        {
            Ledger = _ledger,
            MaxCostPerCall = Limit,
            OnProgress = told.Add,
            ProgressInterval = TimeSpan.Zero,
        }));

        var read = 0;
        var error = await Assert.ThrowsAsync<CostLimitExceededException>(async () =>
        {
            await foreach (var _ in client.Messages.CreateStreaming(SdkClient.Ask("Long?"), Cancellation))
            {
                read++;
            }
        });
        await _server.WhenIdleAsync();

        Assert.True(read > 50, $"{read} events were read");
        Assert.Equal((Limit, told[^1]), (error.Limit, error.Progress));
        Assert.Single(_server.Requests);
        using var reader = LedgerReader.Open(LedgerPath);
        var record = Assert.Single(reader.Calls(new CallFilter()));
        Assert.Equal((CallOutcome.Canceled, "cost_limit", CostBasis.Estimated), (record.Outcome, record.ErrorType, record.Cost.Basis));
        var billed = _server.Bill.Find(record.MessageId!)!.Usage.OutputTokens;
        Assert.InRange(billed, record.Estimate!.OutputTokensLow!.Value, record.Estimate.OutputTokensHigh!.Value);
        Assert.True(billed < 900, $"{billed} tokens were billed");
    }
}
