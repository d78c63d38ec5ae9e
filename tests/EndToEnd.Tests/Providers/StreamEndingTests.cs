using Anthropic;
using Anthropic.Exceptions;
using CostLedger.Records;
using EndToEnd.Tests.Sdk;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>Streams of every provider that end before their end, as the SDK's clients meet them: one row each, in both places.</summary>
[Collection(ObservedCalls.Name)]
public sealed class StreamEndingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Provider, Attachment> Places() => ProviderClient.Places();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_error_in_the_stream_is_one_row(Provider provider, Attachment attachment)
    {
        await using var setup = await ProviderSetup.StartAsync();
        setup.Api.Script.Next(Fault.ErrorEvent(afterEvents: 5));
        using var client = setup.Observed(provider, attachment);

        await Assert.ThrowsAnyAsync<AnthropicException>(() => ReadAsync(client, provider, int.MaxValue));

        var row = Assert.Single(setup.Records());
        Assert.Equal((provider, CallOutcome.Error, StreamEnd.ErrorEvent), (row.Provider, row.Outcome, row.StreamEnd));
        AssertBrokenOff(row, setup);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_stream_left_early_is_one_row(Provider provider, Attachment attachment)
    {
        await using var setup = await ProviderSetup.StartAsync();
        setup.Api.Script.Next(
            Reply.Text(string.Join(' ', Enumerable.Repeat("word", 4000))),
            new StreamPace { TokensPerDelta = 1, BetweenEvents = TimeSpan.FromMilliseconds(1) });
        using var client = setup.Observed(provider, attachment);

        await ReadAsync(client, provider, most: 8);

        var row = Assert.Single(setup.Records());
        Assert.Equal((provider, CallOutcome.Canceled, StreamEnd.Disposed), (row.Provider, row.Outcome, row.StreamEnd));
        AssertBrokenOff(row, setup);
    }

    private static void AssertBrokenOff(CallRecord row, ProviderSetup setup)
    {
        var line = Assert.Single(setup.Api.Bill.Lines);
        Assert.Equal((line.MessageId, (long?)line.Usage.InputTokens), (row.MessageId, row.Usage?.InputTokens));
        Assert.Equal((CostBasis.Estimated, null), (row.Cost.Basis, row.Usage?.OutputTokens));
    }

    private static async Task ReadAsync(IAnthropicClient client, Provider provider, int most)
    {
        var read = 0;
        var question = SdkClient.Ask("Tell me about rain.") with { Model = ProviderClient.Model(provider) };
        await foreach (var _ in client.Messages.CreateStreaming(question, Cancellation))
        {
            if (++read == most)
            {
                break;
            }
        }
    }
}
