using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using MessagesSimulator;
using MessagesSimulator.Replies;
using Telemetry.Handler;
using Telemetry.Handler.Prompting;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Sdk;

/// <summary>A budget stops the official SDK before it sends, and its retries do not try around it.</summary>
[Collection(ObservedCalls.Name)]
public sealed class WithheldTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-withheld-");
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
    public async Task A_call_that_is_not_allowed_is_asked_for_once_and_never_arrives(Attachment attachment)
    {
        var asked = new List<CallExpectation>();
        using var client = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler(new MessagesTelemetryOptions
        {
            Ledger = _ledger,
            AllowSend = call =>
            {
                asked.Add(call);
                return false;
            },
        }));

        var error = await Assert.ThrowsAsync<CallWithheldException>(() => client.Messages.Create(SdkClient.Ask("Long?"), Cancellation));

        Assert.Equal([error.Expectation], asked);
        Assert.Empty(_server.Requests);
        var record = Row();
        Assert.Equal((error.Expectation.Id, CallOutcome.Canceled, "withheld", NanoUsd.Zero), (record.Id, record.Outcome, record.ErrorType, record.Cost.Total));
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task A_call_that_is_allowed_arrives_after_its_estimate(Attachment attachment)
    {
        _server.Script.Next(Reply.Text("Yes."));
        var sentBefore = -1;
        using var client = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler(new MessagesTelemetryOptions
        {
            Ledger = _ledger,
            EstimateBeforeSend = true,
            OnEstimate = _ => sentBefore = _server.Requests.Count,
        }));

        await client.Messages.Create(SdkClient.Ask("Short?"), Cancellation);
        await _server.WhenIdleAsync();

        Assert.Equal((0, 1), (sentBefore, _server.Requests.Count));
        Assert.NotNull(Row().Estimate?.InputTokens);
    }

    private CallRecord Row()
    {
        using var reader = LedgerReader.Open(LedgerPath);
        return Assert.Single(reader.Calls(new CallFilter()));
    }
}
