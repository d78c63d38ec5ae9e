using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Xunit;

namespace Telemetry.Handler.Tests.Endpoints;

public sealed class MessagesEndpointTests
{
    [Theory]
    [InlineData("https://api.anthropic.com/v1/messages", Provider.Anthropic, Operation.Messages, null)]
    [InlineData("https://api.anthropic.com/v1/messages?beta=true", Provider.Anthropic, Operation.Messages, null)]
    [InlineData("https://api.anthropic.com/v1/messages/", Provider.Anthropic, Operation.Messages, null)]
    [InlineData("http://localhost:4000/team/anthropic/v1/messages", Provider.Anthropic, Operation.Messages, null)]
    [InlineData("https://api.anthropic.com/v1/messages/count_tokens?beta=true", Provider.Anthropic, Operation.CountTokens, null)]
    [InlineData("https://api.anthropic.com/v1/messages/batches", Provider.Anthropic, Operation.BatchCreate, null)]
    [InlineData("https://res.services.ai.azure.com/anthropic/v1/messages", Provider.Foundry, Operation.Messages, null)]
    [InlineData("https://bedrock-mantle.us-east-1.api.aws/anthropic/v1/messages", Provider.BedrockMantle, Operation.Messages, "us-east-1")]
    [InlineData("https://aws-external-anthropic.eu-west-1.api.aws/v1/messages", Provider.ClaudeOnAws, Operation.Messages, "eu-west-1")]
    [InlineData("https://claude.googleapis.com/v1alpha/projects/p/locations/us/workspaces/w/invoke/v1/messages", Provider.GoogleCloud, Operation.Messages, "us")]
    public void Anthropic_shaped_calls_are_recognised_by_path(string uri, Provider provider, Operation operation, string? location)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri(uri));

        Assert.Equal((provider, operation, location, Framing.Anthropic), (endpoint?.Provider, endpoint?.Operation, endpoint?.Location, endpoint!.Framing));
        Assert.Null(endpoint.ModelFromUrl);
    }

    [Theory]
    [InlineData("GET", "/v1/messages/batches", Operation.BatchOther)]
    [InlineData("GET", "/v1/messages/batches/msgbatch_1", Operation.BatchOther)]
    [InlineData("GET", "/v1/messages/batches/msgbatch_1/results", Operation.BatchResults)]
    [InlineData("POST", "/v1/messages/batches/msgbatch_1/cancel", Operation.BatchOther)]
    [InlineData("GET", "/v1/models", Operation.Models)]
    [InlineData("GET", "/v1/models/claude-opus-5", Operation.Models)]
    public void Batches_and_models_are_told_apart(string method, string path, Operation operation)
    {
        var endpoint = MessagesEndpoint.Recognize(new HttpMethod(method), new Uri("https://api.anthropic.com" + path));

        Assert.Equal(operation, endpoint?.Operation);
    }

    [Theory]
    [InlineData("invoke", "anthropic.claude-3-5-sonnet-20241022-v2%3A0", "anthropic.claude-3-5-sonnet-20241022-v2:0", false)]
    [InlineData("invoke-with-response-stream", "us.anthropic.claude-opus-4-6-v1", "us.anthropic.claude-opus-4-6-v1", true)]
    [InlineData("invoke", "arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fx1", "arn:aws:bedrock:us-east-1:1:application-inference-profile/x1", false)]
    public void Bedrock_calls_name_their_model_in_the_url(string verb, string escaped, string model, bool isStream)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri($"https://bedrock-runtime.eu-central-1.amazonaws.com/model/{escaped}/{verb}"));

        Assert.Equal(
            (Provider.Bedrock, model, "eu-central-1", isStream, Framing.BedrockInvoke),
            (endpoint!.Provider, endpoint.ModelFromUrl, endpoint.Location, endpoint.IsStreamFromUrl, endpoint.Framing));
    }

    [Theory]
    [InlineData("global", "claude-opus-5:rawPredict", Operation.Messages, "claude-opus-5", false)]
    [InlineData("us-east5", "claude-opus-4-5@20251101:streamRawPredict", Operation.Messages, "claude-opus-4-5@20251101", true)]
    [InlineData("eu", "count-tokens:rawPredict", Operation.CountTokens, null, false)]
    public void Vertex_calls_name_model_and_location_in_the_url(string location, string rest, Operation operation, string? model, bool isStream)
    {
        var uri = new Uri($"https://{location}-aiplatform.googleapis.com/v1/projects/p/locations/{location}/publishers/anthropic/models/{rest}");

        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, uri);

        Assert.Equal(
            (Provider.Vertex, operation, model, location, isStream),
            (endpoint!.Provider, endpoint.Operation, endpoint.ModelFromUrl, endpoint.Location, endpoint.IsStreamFromUrl));
    }

    [Theory]
    [InlineData("GET", "https://api.anthropic.com/v1/messages")]
    [InlineData("POST", "https://api.anthropic.com/v1/messagesx")]
    [InlineData("POST", "https://api.anthropic.com/v1/messages/batchesx")]
    [InlineData("POST", "https://api.anthropic.com/v1/complete")]
    [InlineData("GET", "https://api.anthropic.com/v1/models/a/b")]
    [InlineData("POST", "https://bedrock-runtime.us-east-1.amazonaws.com/model/meta.llama3/invoke")]
    [InlineData("POST", "https://x.googleapis.com/v1/projects/p/locations/l/publishers/anthropic/models/m:predict")]
    [InlineData("POST", "https://x/model/anthropic.claude")]
    [InlineData("POST", "https://example.com/")]
    public void Anything_else_is_none_of_ours(string method, string uri) =>
        Assert.Null(MessagesEndpoint.Recognize(new HttpMethod(method), new Uri(uri)));

    [Fact]
    public void A_port_is_part_of_the_host_unless_it_is_the_schemes_own()
    {
        Assert.Equal("127.0.0.1:81", MessagesEndpoint.Recognize(HttpMethod.Post, new Uri("http://127.0.0.1:81/v1/messages"))?.Host);
        Assert.Equal("a.b", MessagesEndpoint.Recognize(HttpMethod.Post, new Uri("https://a.b:443/v1/messages"))?.Host);
    }

    [Fact]
    public void A_foreign_url_costs_no_memory()
    {
        var uri = new Uri("https://example.com/api/v2/orders/17?full=true");
        Assert.Null(MessagesEndpoint.Recognize(HttpMethod.Post, uri));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            MessagesEndpoint.Recognize(HttpMethod.Post, uri);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
