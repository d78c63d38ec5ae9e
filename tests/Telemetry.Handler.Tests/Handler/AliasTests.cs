using System.Diagnostics.Tracing;
using System.Net;
using System.Text;
using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Tests.Diagnostics;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

/// <summary>Names that do not tell their model: what is priced and reported, with an alias and without.</summary>
public sealed class AliasTests
{
    private const string Foundry = "https://our-resource.services.ai.azure.com/anthropic/v1/messages";
    private const string Arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123";
    private const string Bedrock = "https://bedrock-runtime.us-east-1.amazonaws.com/model/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_that_repeats_the_deployments_name_is_priced_by_its_alias()
    {
        var row = await AskAsync(Foundry, "our-chat", served: "our-chat", ("Our-Chat", "claude-sonnet-5"));

        Assert.Equal(("our-chat", "our-chat", "claude-sonnet-5", "claude-sonnet-5"), Names(row));
        AssertCost("claude-sonnet-5", Provider.Foundry, row);
    }

    [Theory]
    [InlineData("our-chat")]
    [InlineData("claude-chat")]
    public async Task An_answer_that_names_a_model_goes_before_the_alias(string deployment)
    {
        var row = await AskAsync(Foundry, deployment, served: "claude-haiku-4-5-20251001", (deployment, "claude-opus-5"));

        Assert.Equal((deployment, "claude-haiku-4-5-20251001", "claude-opus-5", "claude-haiku-4-5-20251001"), Names(row));
        AssertCost("claude-haiku-4-5-20251001", Provider.Foundry, row);
    }

    [Theory]
    [InlineData("claude-chat")]
    [InlineData("claude-opus-5")]
    public async Task A_deployment_may_be_named_like_a_model(string deployment)
    {
        var row = await AskAsync(Foundry, deployment, served: deployment, (deployment, "claude-haiku-5-5"));

        Assert.Equal("claude-haiku-5-5", row.Model);
        AssertCost("claude-haiku-5-5", Provider.Foundry, row);
    }

    [Theory]
    [InlineData(Arn)]
    [InlineData("abc123")]
    public async Task A_profile_that_tells_no_model_is_priced_by_its_alias(string key)
    {
        var row = await AskAsync(Bedrock + Uri.EscapeDataString(Arn) + "/invoke", asked: null, served: null, (key, "eu.anthropic.claude-opus-5"));

        Assert.Equal((Arn, null, "eu.anthropic.claude-opus-5", "claude-opus-5"), Names(row));
        AssertCost("eu.anthropic.claude-opus-5", Provider.Bedrock, row);
        Assert.DoesNotContain(CostMarks.LocationUnknown, row.Cost.Marks, StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_profile_in_an_alias_decides_the_place_even_where_the_answer_names_the_model()
    {
        var url = Bedrock + Uri.EscapeDataString(Arn) + "/invoke";

        var regional = await AskAsync(url, asked: null, served: "claude-opus-5", ("abc123", "us.anthropic.claude-opus-5"));
        var unknown = await AskAsync(url, asked: null, served: "claude-opus-5");

        Assert.Equal(("claude-opus-5", "claude-opus-5"), (regional.Model, unknown.Model));
        Assert.Equal(unknown.Cost.Total!.Value.Value * 1.1m, regional.Cost.Total!.Value.Value);
        Assert.Empty(regional.Cost.Marks);
        Assert.Equal([CostMarks.LocationUnknown], unknown.Cost.Marks);
    }

    [Fact]
    public async Task A_profile_called_by_its_id_is_one_of_Claudes_only_by_an_alias()
    {
        var row = await AskAsync(Bedrock + "abc123/invoke", asked: null, served: null, ("abc123", "global.anthropic.claude-opus-5"));
        Assert.Equal((Provider.Bedrock, "abc123", "claude-opus-5"), (row.Provider, row.ModelRequested, row.Model));

        await using var client = new ObservedClient(new Canned(Body(null)));
        using var response = await client.Http.SendAsync(Request(Bedrock + "abc123/invoke", null), Token);
        Assert.Empty(client.Rows());
    }

    [Fact]
    public async Task Without_an_answer_the_alias_is_what_is_reported()
    {
        await using var client = Client(new Canned(null), ("our-chat", "claude-sonnet-5"));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.SendAsync(Request(Foundry, "our-chat"), Token));

        Assert.Equal(("our-chat", null, "claude-sonnet-5", "claude-sonnet-5"), Names(client.Row()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_an_alias_it_is_unpriced_and_named_and_the_remedy_told(bool isProfile)
    {
        // The event is told once a model.
        using var events = new EventCollector(EventLevel.Warning).Start();
        var mark = Guid.NewGuid().ToString("N");
        var named = isProfile ? Arn + mark : "chat-" + mark;

        var row = isProfile
            ? await AskAsync(Bedrock + Uri.EscapeDataString(named) + "/invoke", asked: null, served: null)
            : await AskAsync(Foundry, named, served: named);

        Assert.Equal((CostBasis.Unpriced, named, null), (row.Cost.Basis, row.Model, row.ModelAlias));
        var reason = PriceBook.Default.Price(PricingRequest.From(row)).Reason!;
        Assert.Contains(named, reason, StringComparison.Ordinal);
        Assert.Contains("ModelAliases", reason, StringComparison.Ordinal);
        Assert.Contains("MessagesTelemetryOptions.ModelAliases", Assert.Single(events.With(mark)).Message, StringComparison.Ordinal);
    }

    private static (string? Requested, string? Served, string? Alias, string? Model) Names(CallRecord row) =>
        (row.ModelRequested, row.ModelServed, row.ModelAlias, row.Model);

    private static void AssertCost(string model, Provider provider, CallRecord row)
    {
        var expected = PriceBook.Default.Price(new PricingRequest
        {
            Provider = provider,
            Operation = Operation.Messages,
            Location = row.Location,
            Model = model,
            At = row.StartedAt,
            Usage = row.Usage,
            Outcome = CallOutcome.Success,
            HttpStatus = 200,
        });
        Assert.Equal((CostBasis.Measured, expected.Cost.Total), (row.Cost.Basis, row.Cost.Total));

        // What is stored explains its cost by itself: the map is not needed any more.
        Assert.Equal(row.Cost.Total, PriceBook.Default.Price(PricingRequest.From(row)).Cost.Total);
    }

    private static async Task<CallRecord> AskAsync(string url, string? asked, string? served, params (string Name, string Model)[] aliases)
    {
        await using var client = Client(new Canned(Body(served)), aliases);
        using var response = await client.Http.SendAsync(Request(url, asked), Token);
        return client.Row();
    }

    private static ObservedClient Client(HttpMessageHandler inner, params (string Name, string Model)[] aliases) => new(inner, options =>
        options.ModelAliases = aliases.ToDictionary(pair => pair.Name, pair => pair.Model, StringComparer.Ordinal));

    private static HttpRequestMessage Request(string url, string? model)
    {
        var name = model is null ? "\"anthropic_version\":\"bedrock-2023-05-31\"" : $"\"model\":\"{model}\"";
        return new(HttpMethod.Post, url)
        {
            Content = new StringContent($$"""{{{name}},"max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}""", Encoding.UTF8, "application/json"),
        };
    }

    private static string Body(string? model) =>
        $$$"""{{{{(model is null ? "" : $"\"model\":\"{model}\",")}}}"id":"msg_1","type":"message","role":"assistant","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","usage":{"input_tokens":700,"output_tokens":300}}""";

    /// <summary>Answers with a body, or not at all.</summary>
    private sealed class Canned(string? body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => body is null
            ? Task.FromException<HttpResponseMessage>(new HttpRequestException("no answer"))
            : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
