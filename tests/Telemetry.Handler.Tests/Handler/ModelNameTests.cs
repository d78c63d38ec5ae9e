using System.Net;
using System.Text;
using CostLedger.Querying;
using CostLedger.Records;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

/// <summary>Under which name of a model a call is reported whose answer named none.</summary>
public sealed class ModelNameTests
{
    private const string Bedrock = "https://bedrock-runtime.us-east-1.amazonaws.com/model/";
    private const string Vertex = "https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic/models/";
    private const string Api = "https://api.anthropic.com/v1/messages";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Bedrock + "us.anthropic.claude-sonnet-4-6/invoke", "us.anthropic.claude-sonnet-4-6", "claude-sonnet-4-6")]
    [InlineData(Bedrock + "anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke", "anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929")]
    [InlineData(Bedrock + "us.anthropic.claude-sonnet-4-6/converse", "us.anthropic.claude-sonnet-4-6", "claude-sonnet-4-6")]
    [InlineData(Vertex + "claude-sonnet-4-5%4020250929:rawPredict", "claude-sonnet-4-5@20250929", "claude-sonnet-4-5-20250929")]
    [InlineData(Api, "claude-sonnet-4-5", "claude-sonnet-4-5-20250929")]
    [InlineData(Api, "claude-opus-5", "claude-opus-5")]
    public async Task Failures_of_a_model_have_the_name_of_its_answers(string url, string requested, string named)
    {
        await using var client = new ObservedClient(new Failing());

        await SendAsync(client, url, requested);

        var row = client.Row();
        Assert.Equal((requested, null, named), (row.ModelRequested, row.ModelServed, row.Model));
        using var reader = LedgerReader.Open(client.LedgerPath);
        Assert.Equal(named, Assert.Single(reader.Usage(new CallFilter(), [new Grouping(GroupKind.Model)], TimeZoneInfo.Utc).Groups).Key[0]);
        Assert.Single(reader.Calls(new CallFilter { Models = [requested] }));
        Assert.Single(reader.Calls(new CallFilter { Models = [named] }));
    }

    [Theory]
    [InlineData("anthropic/claude-opus-5.5")]
    [InlineData("claude-opus-5-thinking")]
    [InlineData("claude-opus-latest")]
    [InlineData("our-model")]
    public async Task A_gateways_own_name_and_a_guess_stay_as_they_are(string requested)
    {
        await using var client = new ObservedClient(new Failing());

        await SendAsync(client, "https://gateway.example/v1/messages", requested);

        Assert.Equal((requested, null), (client.Row().Model, client.Row().ModelMatched));
    }

    [Fact]
    public async Task An_answer_with_an_empty_name_has_none()
    {
        await using var client = new ObservedClient(new Failing(HttpStatusCode.OK, Answers.Body.Replace("claude-opus-5", "", StringComparison.Ordinal)));

        await SendAsync(client, Api, "claude-opus-5");

        Assert.Equal((null, "claude-opus-5", CostBasis.Measured), (client.Row().ModelServed, client.Row().Model, client.Row().Cost.Basis));
    }

    private static async Task SendAsync(ObservedClient client, string url, string model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent($$"""{"model":"{{model}}","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}""", Encoding.UTF8, "application/json"),
        };
        using var response = await client.Http.SendAsync(request, Token);
    }

    private sealed class Failing(HttpStatusCode status = HttpStatusCode.TooManyRequests, string body = "{}") : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
