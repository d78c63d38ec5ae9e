using CostLedger.Records;
using EndToEnd.Tests.Sdk;
using MessagesSimulator.Scripting;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>An application inference profile, called by its ARN: only the alias tells the model, until an answer does, and the place.</summary>
[Collection(ObservedCalls.Name)]
public sealed class OpaqueProfileTests
{
    private const string Target = "us.anthropic.claude-sonnet-4-6";

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal) { ["A1B2C3"] = Target };

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task Its_answer_is_priced_at_the_aliases_place(Attachment attachment)
    {
        await using var setup = await ProviderSetup.StartAsync();
        using var aliased = setup.Observed(Provider.Bedrock, attachment, Aliases);
        using var plain = setup.Observed(Provider.Bedrock, attachment);

        await AskAsync(aliased);
        await AskAsync(plain);

        var rows = setup.Records();
        Assert.All(rows, row => Assert.Equal((ProviderClient.OpaqueProfile, SdkClient.Model, SdkClient.Model), (row.ModelRequested, row.ModelServed, row.Model)));
        Assert.Equal([Target, null], rows.Select(row => row.ModelAlias), StringComparer.Ordinal);
        Assert.Empty(rows[0].Cost.Marks);
        Assert.Equal([CostMarks.LocationUnknown], rows[1].Cost.Marks);
        Assert.Equal(rows[1].Cost.Total!.Value.Value * 1.1m, rows[0].Cost.Total!.Value.Value);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task Its_errors_are_reported_under_the_aliass_model(Attachment attachment)
    {
        await using var setup = await ProviderSetup.StartAsync();
        setup.Api.Script.Next(Fault.Status(400, "invalid_request_error", "no"));
        using var client = setup.Observed(Provider.Bedrock, attachment, Aliases);

        await Assert.ThrowsAnyAsync<Anthropic.Exceptions.AnthropicException>(() => AskAsync(client));

        var record = Assert.Single(setup.Records());
        Assert.Equal((Target, "claude-sonnet-4-6"), (record.ModelAlias, record.Model));
    }

    private static Task<Anthropic.Models.Messages.Message> AskAsync(Anthropic.IAnthropicClient client) => client.Messages.Create(
        SdkClient.Ask("Tell me about rain.") with { Model = ProviderClient.OpaqueProfile },
        TestContext.Current.CancellationToken);
}
