using Anthropic.Exceptions;
using CostLedger.Records;
using EndToEnd.Tests.Sdk;
using MessagesSimulator.Scripting;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>Errors of every provider, in the provider's own shape, as the clients of the SDK's packages meet them.</summary>
[Collection(ObservedCalls.Name)]
public sealed class ErrorTests
{
    public static TheoryData<Provider, Attachment> Places() => ProviderClient.Places();

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_limit_and_its_retry_are_two_attempts_of_one_call(Provider provider, Attachment attachment) =>
        AssertRetriedAsync(provider, attachment, Asking.Whole);

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_limit_before_a_stream_and_its_retry_are_two_attempts_of_one_call(Provider provider, Attachment attachment) =>
        AssertRetriedAsync(provider, attachment, Asking.Stream);

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_request_that_is_refused_is_one_attempt_that_costs_nothing(Provider provider, Attachment attachment)
    {
        await using var setup = await ProviderSetup.StartAsync();
        setup.Api.Script.Next(Fault.Status(400, "invalid_request_error", "no such thing"));
        using var client = setup.Observed(provider, attachment);

        await Assert.ThrowsAnyAsync<AnthropicException>(() => ProviderSetup.AskAsync(client, provider, Asking.Whole));

        var record = Assert.Single(setup.Records());
        Assert.Equal((provider, 400, CallOutcome.Error), (record.Provider, record.HttpStatus, record.Outcome));
        Assert.Equal(provider == Provider.Bedrock ? "ValidationException" : "invalid_request_error", record.ErrorType);
        Assert.Equal(setup.Api.Requests[0].RequestId, record.RequestId);
        Assert.Equal((CostBasis.Unbilled, NanoUsd.Zero), (record.Cost.Basis, record.Cost.Total!.Value));

        // As answers are named; what a deployment runs nobody knows without an alias.
        var model = ProviderClient.Model(provider);
        Assert.Equal((model, provider == Provider.Foundry ? model : SdkClient.Model), (record.ModelRequested, record.Model));
    }

    private static async Task AssertRetriedAsync(Provider provider, Attachment attachment, Asking asking)
    {
        await using var setup = await ProviderSetup.StartAsync();
        setup.Api.Script.Next(Fault.RateLimited(retryAfter: "0"));
        using var client = setup.Observed(provider, attachment);

        await ProviderSetup.AskAsync(client, provider, asking);

        var records = setup.Records();
        Assert.Equal([(1, 429), (2, 200)], records.Select(record => (record.Attempt, record.HttpStatus!.Value)));
        Assert.All(records, record => Assert.Equal((provider, records[0].Id), (record.Provider, record.FirstAttemptId!.Value)));
        Assert.Equal((CallOutcome.Error, TimeSpan.Zero, CostBasis.Unbilled), (records[0].Outcome, records[0].RetryAfter, records[0].Cost.Basis));
        Assert.Equal(provider == Provider.Bedrock ? "ThrottlingException" : "429", records[0].ErrorType); // The SDK does not read the body.
        Assert.Equal((CallOutcome.Success, CostBasis.Measured), (records[1].Outcome, records[1].Cost.Basis));
        Assert.Equal(setup.Api.Bill.Lines.Single().MessageId, records[1].MessageId);
    }
}
