using System.Text.Json;
using Anthropic.Models.Messages;
using CostLedger.Pricing;
using CostLedger.Records;
using EndToEnd.Tests.Sdk;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>
/// The clients of every provider leave the same rows in the ledger, whether the handler stands among the SDK's handlers, where it
/// sees the Messages API's own shape, or inside the HttpClient, where it sees what the provider makes of it.
/// </summary>
[Collection(ObservedCalls.Name)]
public sealed class SameRowsTests
{
    public static TheoryData<Provider, Asking> Cases() => ProviderClient.Cases();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Both_places_leave_the_same_row(Provider provider, Asking asking)
    {
        var outside = await RunAsync(provider, asking, Attachment.Handlers);
        var inside = await RunAsync(provider, asking, Attachment.HttpClient);

        Assert.Equal(Comparable(outside), Comparable(inside));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_row_among_the_handlers_is_what_was_billed(Provider provider, Asking asking) =>
        AssertWhole(await RunAsync(provider, asking, Attachment.Handlers), provider, asking);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_row_inside_the_client_is_what_was_billed(Provider provider, Asking asking) =>
        AssertWhole(await RunAsync(provider, asking, Attachment.HttpClient), provider, asking);

    // The clients of Bedrock's InvokeModel and of Vertex AI refuse to count.
    [Theory]
    [InlineData(Provider.BedrockMantle)]
    [InlineData(Provider.Foundry)]
    [InlineData(Provider.ClaudeOnAws)]
    [InlineData(Provider.GoogleCloud)]
    public async Task Counting_tokens_leaves_the_same_row_and_costs_nothing(Provider provider)
    {
        var outside = await CountAsync(provider, Attachment.Handlers);
        var inside = await CountAsync(provider, Attachment.HttpClient);

        Assert.Equal((provider, Operation.CountTokens, CostBasis.Unbilled), (inside.Provider, inside.Operation, inside.Cost.Basis));
        Assert.Equal((ProviderClient.Model(provider), ProviderClient.Location(provider)), (inside.ModelRequested, inside.Location));
        Assert.Equal(Comparable(outside), Comparable(inside));
    }

    private static async Task<CallRecord> CountAsync(Provider provider, Attachment attachment)
    {
        await using var setup = await ProviderSetup.StartAsync();
        using var client = setup.Observed(provider, attachment);
        var count = await client.Messages.CountTokens(
            new MessageCountTokensParams { Model = ProviderClient.Model(provider), Messages = [new UserMessageParam("How long?")] },
            TestContext.Current.CancellationToken);
        var record = Assert.Single(setup.Records());
        Assert.Equal(count.InputTokens, record.Usage?.InputTokens);
        return record;
    }

    private static async Task<CallRecord> RunAsync(Provider provider, Asking asking, Attachment attachment)
    {
        await using var setup = await ProviderSetup.StartAsync();
        using var client = setup.Observed(provider, attachment);
        await ProviderSetup.AskAsync(client, provider, asking);
        var record = Assert.Single(setup.Records());
        var billed = Assert.Single(setup.Api.Bill.Lines);
        Assert.Equal((billed.MessageId, billed.RequestId, billed.Model), (record.MessageId, record.RequestId, record.ModelServed));
        var usage = record.Usage!;
        Assert.Equal(
            (billed.Usage.InputTokens, billed.Usage.CacheReadInputTokens, billed.Usage.CacheCreation5mInputTokens, billed.Usage.OutputTokens),
            (usage.InputTokens ?? -1, usage.CacheReadInputTokens ?? -1, usage.CacheCreation5mInputTokens ?? -1, usage.OutputTokens ?? -1));
        return record;
    }

    private static void AssertWhole(CallRecord record, Provider provider, Asking asking)
    {
        var isStream = asking is Asking.Stream or Asking.ChatStream;
        Assert.Equal((provider, ProviderClient.Location(provider), ProviderClient.Model(provider)), (record.Provider, record.Location, record.ModelRequested));
        Assert.Equal((Operation.Messages, isStream, 200), (record.Operation, record.IsStream, record.HttpStatus));
        Assert.Equal((CallOutcome.Success, "end_turn", isStream ? StreamEnd.MessageStop : null), (record.Outcome, record.StopReason, record.StreamEnd));
        Assert.Equal((CostBasis.Measured, 1, (CallId?)record.Id), (record.Cost.Basis, record.Attempt, record.FirstAttemptId));
        Assert.Empty(record.Cost.Marks);
        Assert.Empty(record.Faults);

        var regional = provider is Provider.Bedrock or Provider.Vertex ? 1.1m : 1m;
        var standard = PriceBook.Default.Price(PricingRequest.From(record with { Provider = Provider.Anthropic, ModelRequested = SdkClient.Model }));
        Assert.Equal(standard.Cost.Total!.Value.Value * regional, record.Cost.Total!.Value.Value);
    }

    // What differs by right: the row's own key and times; how many reads the bytes came in; the length of a body that the provider's
    // adapter writes anew; and what Bedrock measures itself, which the adapter may leave out of the stream that it translates.
    private static string Comparable(CallRecord record)
    {
        var isRewritten = record.Provider is Provider.Bedrock or Provider.Vertex;
        var isTranslated = record is { Provider: Provider.Bedrock, IsStream: true };
        return JsonSerializer.Serialize(record with
        {
            // Its hashes are under the ledger's own key.
            // Keyed with the key of a ledger that is another one each time.
            Prompt = record.Prompt is { } prompt ? prompt with { Leaf = default, Thread = null, NewNodes = [], Scope = prompt.Scope is null ? null : "known" } : null,
            Id = default,
            FirstAttemptId = null,
            Timing = new CallTiming(),
            InvocationMetrics = isTranslated ? null : record.InvocationMetrics,
            Transfer = record.Transfer with
            {
                Chunks = 0,
                RequestBytes = isRewritten ? null : record.Transfer.RequestBytes,
                ResponseBytes = isTranslated ? 0 : record.Transfer.ResponseBytes,
            },
        });
    }
}
