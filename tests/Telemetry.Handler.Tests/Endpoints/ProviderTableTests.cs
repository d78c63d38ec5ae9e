using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Names;
using Xunit;

namespace Telemetry.Handler.Tests.Endpoints;

/// <summary>Every provider's URLs, as a handler meets them on the wire or among the official SDK's own handlers: who, where, at what price.</summary>
public sealed class ProviderTableTests
{
    private const string Sonnet = "claude-sonnet-4-6";
    private const string Vertex = "/v1/projects/p/locations/";
    private const string Model = "/publishers/anthropic/models/claude-sonnet-4-6:rawPredict";
    private const string BedrockId = "us.anthropic.claude-sonnet-4-6";

    [Theory]
    // The Claude API, and gateways that speak it.
    [InlineData("https://api.anthropic.com/v1/messages", Sonnet, "anthropic", null, "anthropic", "anthropic")]
    [InlineData("https://API.Anthropic.com:443/v1/messages?beta=true", Sonnet, "anthropic", null, "anthropic", "anthropic")]
    [InlineData("https://gateway.example/team/a/anthropic/v1/messages", Sonnet, "anthropic", null, "anthropic", "anthropic")]
    [InlineData("http://localhost:4000/v1/messages", "us.anthropic.claude-sonnet-4-6", "anthropic", null, "anthropic", "bedrock-regional")]
    // Claude Platform on AWS.
    [InlineData("https://aws-external-anthropic.us-east-1.api.aws/v1/messages", Sonnet, "aws_gateway", "us-east-1", "anthropic", "anthropic")]
    [InlineData("https://vpce-0a.aws-external-anthropic.eu-west-2.vpce.amazonaws.com/v1/messages", Sonnet, "aws_gateway", "eu-west-2", "anthropic", "anthropic")]
    // Mantle.
    [InlineData("https://bedrock-mantle.us-west-2.api.aws/anthropic/v1/messages", "anthropic.claude-sonnet-4-6", "bedrock_mantle", "us-west-2", "aws.bedrock", "bedrock")]
    [InlineData("https://bedrock-mantle-fips.us-gov-west-1.api.aws/anthropic/v1/messages", "anthropic.claude-sonnet-4-6", "bedrock_mantle", "us-gov-west-1", "aws.bedrock", "bedrock-govcloud")]
    // Bedrock on the wire: regional, FIPS, dual stack, VPC endpoints of a region and of a zone, a gateway.
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-sonnet-4-6/invoke", null, "bedrock", "us-east-1", "aws.bedrock", "bedrock-regional")]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/model/global.anthropic.claude-sonnet-4-6/invoke-with-response-stream", null, "bedrock", "us-east-1", "aws.bedrock", "bedrock")]
    [InlineData("https://bedrock-runtime-fips.us-gov-east-1.amazonaws.com/model/us-gov.anthropic.claude-sonnet-4-6/converse", null, "bedrock", "us-gov-east-1", "aws.bedrock", "bedrock-govcloud")]
    [InlineData("https://bedrock-runtime.eu-central-1.api.aws/model/eu.anthropic.claude-sonnet-4-6/invoke", null, "bedrock", "eu-central-1", "aws.bedrock", "bedrock-regional")]
    [InlineData("https://vpce-0a-1b.bedrock-runtime.us-east-2.vpce.amazonaws.com/model/anthropic.claude-sonnet-4-6/invoke", null, "bedrock", "us-east-2", "aws.bedrock", "bedrock")]
    [InlineData("https://vpce-0a-1b-us-east-2a.bedrock-runtime-fips.us-east-2.vpce.amazonaws.com/model/anthropic.claude-sonnet-4-6/invoke", null, "bedrock", "us-east-2", "aws.bedrock", "bedrock")]
    [InlineData("https://gateway.example/aws/model/au.anthropic.claude-sonnet-4-6/converse-stream", null, "bedrock", null, "aws.bedrock", "bedrock-regional")]
    [InlineData("https://gateway.example/model/arn:aws:bedrock:jp-1:1:inference-profile/jp.anthropic.claude-sonnet-4-6/invoke", null, "bedrock", "jp-1", "aws.bedrock", "bedrock-regional")]
    // Bedrock among the SDK's handlers, before the translation.
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com:443/v1/messages", BedrockId, "bedrock", "us-east-1", "aws.bedrock", "bedrock-regional")]
    [InlineData("https://bedrock-runtime-fips.us-east-1.amazonaws.com/v1/messages", BedrockId, "bedrock", "us-east-1", "aws.bedrock", "bedrock-regional")]
    [InlineData("https://vpce-0a-1b.bedrock-runtime.us-east-2.vpce.amazonaws.com/v1/messages", BedrockId, "bedrock", "us-east-2", "aws.bedrock", "bedrock-regional")]
    // Vertex AI on the wire: global, regional, multi-regional, without a location in the path, a gateway with and without prefix.
    [InlineData("https://aiplatform.googleapis.com" + Vertex + "global" + Model, null, "vertex", "global", "gcp.vertex_ai", "vertex")]
    [InlineData("https://us-east5-aiplatform.googleapis.com" + Vertex + "us-east5" + Model, null, "vertex", "us-east5", "gcp.vertex_ai", "vertex-regional")]
    [InlineData("https://aiplatform.us.rep.googleapis.com" + Vertex + "us" + Model, null, "vertex", "us", "gcp.vertex_ai", "vertex-regional")]
    [InlineData("https://aiplatform.eu.rep.googleapis.com" + Vertex + "eu" + Model, null, "vertex", "eu", "gcp.vertex_ai", "vertex-regional")]
    [InlineData("https://aiplatform.googleapis.com" + Vertex + "europe-west1" + Model, null, "vertex", "europe-west1", "gcp.vertex_ai", "vertex-regional")]
    [InlineData("https://aiplatform.eu.rep.googleapis.com" + Model, null, "vertex", "eu", "gcp.vertex_ai", "vertex-regional")]
    [InlineData("https://aiplatform.googleapis.com" + Model, null, "vertex", "global", "gcp.vertex_ai", "vertex")]
    [InlineData("https://gateway.example" + Vertex + "asia-east1" + Model, null, "vertex", "asia-east1", "gcp.vertex_ai", "vertex-regional")]
    [InlineData("http://127.0.0.1:9/google" + Vertex + "global" + Model, null, "vertex", "global", "gcp.vertex_ai", "vertex")]
    // Vertex AI among the SDK's handlers.
    [InlineData("https://aiplatform.googleapis.com:443/v1/messages", Sonnet, "vertex", "global", "gcp.vertex_ai", "vertex")]
    [InlineData("https://us-east5-aiplatform.googleapis.com:443/v1/messages", Sonnet, "vertex", "us-east5", "gcp.vertex_ai", "vertex-regional")]
    [InlineData("https://aiplatform.us.rep.googleapis.com:443/v1/messages", Sonnet, "vertex", "us", "gcp.vertex_ai", "vertex-regional")]
    // Claude on Google Cloud, managed by Anthropic.
    [InlineData("https://claude.googleapis.com/v1/projects/p/locations/us-east5/workspaces/w/invoke/v1/messages", Sonnet, "google_cloud", "us-east5", "anthropic", "anthropic")]
    [InlineData("https://claude.googleapis.com/v1alpha/projects/p/locations/global/workspaces/w/invoke/v1/messages?beta=true", Sonnet, "google_cloud", "global", "anthropic", "anthropic")]
    [InlineData("https://gateway.example/g/v1/projects/p/locations/eu/workspaces/w/invoke/v1/messages", Sonnet, "google_cloud", "eu", "anthropic", "anthropic")]
    // Microsoft Foundry.
    [InlineData("https://our-resource.services.ai.azure.com/anthropic/v1/messages", Sonnet, "foundry", null, "anthropic", "foundry")]
    [InlineData("https://our-resource.openai.azure.com/anthropic/v1/messages", Sonnet, "foundry", null, "anthropic", "foundry")]
    [InlineData("https://our-resource.cognitiveservices.azure.com/anthropic/v1/messages", Sonnet, "foundry", null, "anthropic", "foundry")]
    public void A_url_tells_provider_place_and_price(string url, string? inBody, string provider, string? location, string name, string priceKey)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri(url))!;

        Assert.Equal((provider, location), (endpoint.Provider.Name(), endpoint.Location));
        Assert.Equal(name, TagValues.ProviderName(endpoint.Provider));
        Assert.Equal(inBody is null, endpoint.ModelFromUrl is not null);
        var match = PriceBook.Default.Match(endpoint.ModelFromUrl ?? inBody!, endpoint.Provider, endpoint.Location);
        Assert.Equal((Sonnet, priceKey), (match.Model, match.PriceKey));
    }

    [Theory]
    [InlineData("vertex", "https://aiplatform.googleapis.com" + Vertex + "global" + Model, "3", "15")]
    [InlineData("vertex", "https://us-east5-aiplatform.googleapis.com" + Vertex + "us-east5" + Model, "3.3", "16.5")]
    [InlineData("vertex", "https://aiplatform.us.rep.googleapis.com/v1/messages", "3.3", "16.5")]
    [InlineData("foundry", "https://our-resource.services.ai.azure.com/anthropic/v1/messages", "3", "15")]
    [InlineData("bedrock", "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-sonnet-4-6/invoke", "3.3", "16.5")]
    [InlineData("bedrock", "https://bedrock-runtime.us-east-1.amazonaws.com/model/global.anthropic.claude-sonnet-4-6/invoke", "3", "15")]
    public void A_place_with_a_premium_costs_a_tenth_more(string provider, string url, string input, string output)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri(url))!;

        var cost = PriceBook.Default.Price(new PricingRequest
        {
            Provider = endpoint.Provider,
            Operation = endpoint.Operation,
            Location = endpoint.Location,
            Model = Sonnet,
            ModelRequested = endpoint.ModelFromUrl ?? Sonnet,
            At = new DateTimeOffset(2026, 11, 15, 0, 0, 0, TimeSpan.Zero),
            Usage = new TokenUsage { InputTokens = 100_000, OutputTokens = 10_000 },
            Outcome = CallOutcome.Success,
            HttpStatus = 200,
        }).Cost;

        Assert.Equal(provider, endpoint.Provider.Name());
        Assert.Equal((Dollars(input) / 10, Dollars(output) / 100), (cost.ByClass!.Value.Input.Value, cost.ByClass.Value.Output.Value));
        Assert.Empty(cost.Marks);
    }

    [Theory]
    [InlineData("https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/anthropic/models/count-tokens:rawPredict", "vertex")]
    [InlineData("https://us-east5-aiplatform.googleapis.com/v1/messages/count_tokens", "vertex")]
    [InlineData("https://gateway.example/x/v1/projects/p/locations/eu/publishers/anthropic/models/count-tokens:rawPredict", "vertex")]
    [InlineData("https://bedrock-mantle.us-west-2.api.aws/anthropic/v1/messages/count_tokens", "bedrock_mantle")]
    [InlineData("https://our-resource.services.ai.azure.com/anthropic/v1/messages/count_tokens", "foundry")]
    [InlineData("https://claude.googleapis.com/v1/projects/p/locations/us/workspaces/w/invoke/v1/messages/count_tokens", "google_cloud")]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-sonnet-4-6/count-tokens", "bedrock")]
    public void Counting_is_seen_at_every_provider(string url, string provider)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri(url))!;

        Assert.Equal((provider, Operation.CountTokens), (endpoint.Provider.Name(), endpoint.Operation));
        Assert.NotEqual("count-tokens", endpoint.ModelFromUrl);
    }

    [Theory]
    [InlineData("https://bedrock-mantle.us-east-1.api.aws.evil.example/anthropic/v1/messages")]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com.evil.example/v1/messages")]
    [InlineData("https://bedrock-runtime.amazonaws.com/v1/messages")]
    [InlineData("https://my-bedrock-runtime.us-east-1.amazonaws.com/v1/messages")]
    [InlineData("https://evil-aiplatform.googleapis.com.example/v1/messages")]
    [InlineData("https://-aiplatform.googleapis.com.example/v1/messages")]
    [InlineData("https://aiplatform.rep.googleapis.com/v1/messages")]
    [InlineData("https://gateway.example/locations/eu/v1/messages")]
    [InlineData("https://gateway.example/workspaces/w/locations/eu/invoke/v1/messages")]
    public void A_host_that_only_looks_like_one_is_a_gateway(string url)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri(url))!;

        Assert.Equal((Provider.Anthropic, null), (endpoint.Provider, endpoint.Location));
    }

    [Theory]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/v1/models", false)]
    [InlineData("https://us-east5-aiplatform.googleapis.com/v1/models", false)]
    [InlineData("https://aws-external-anthropic.us-east-1.api.aws/v1/models", true)]
    public void A_list_of_models_of_all_vendors_is_left_alone(string url, bool isSeen) =>
        Assert.Equal(isSeen, MessagesEndpoint.Recognize(HttpMethod.Get, new Uri(url)) is not null);

    [Theory]
    [InlineData("/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fus.anthropic.claude-sonnet-4-6/invoke", "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-4-6")]
    [InlineData("/model/us.anthropic.claude-sonnet-4-6/invoke?x=/invoke", "us.anthropic.claude-sonnet-4-6")]
    public void A_path_that_must_stay_as_it_is_is_read_too(string path, string model)
    {
        // The SDK's Bedrock client makes its URLs so, for the signature's sake; many members of such a Uri throw.
        var uri = new Uri("https://bedrock-runtime.us-east-1.amazonaws.com" + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, uri)!;

        Assert.Equal((Provider.Bedrock, "us-east-1", model), (endpoint.Provider, endpoint.Location, endpoint.ModelFromUrl));
    }

    [Fact]
    public void One_host_may_serve_all_providers()
    {
        string[] paths = ["/v1/messages", "/model/" + BedrockId + "/invoke", "/g" + Vertex + "eu" + Model, "/v1/projects/p/locations/us/workspaces/w/invoke/v1/messages"];

        var found = paths.Select(path => MessagesEndpoint.Recognize(HttpMethod.Post, new Uri("https://gateway.example" + path))!);

        Assert.Equal(
            [(Provider.Anthropic, null), (Provider.Bedrock, null), (Provider.Vertex, "eu"), (Provider.GoogleCloud, "us")],
            found.Select(endpoint => (endpoint.Provider, endpoint.Location)));
    }

    private static long Dollars(string perMillion) =>
        (long)(decimal.Parse(perMillion, System.Globalization.CultureInfo.InvariantCulture) * NanoUsd.PerDollar);
}
