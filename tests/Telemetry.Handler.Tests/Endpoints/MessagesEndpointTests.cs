using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Xunit;

namespace Telemetry.Handler.Tests.Endpoints;

public sealed class MessagesEndpointTests
{
    [Theory]
    [InlineData("https://api.anthropic.com/v1/messages", Operation.Messages)]
    [InlineData("https://api.anthropic.com/v1/messages?beta=true", Operation.Messages)]
    [InlineData("https://api.anthropic.com/v1/messages#x", Operation.Messages)]
    [InlineData("https://api.anthropic.com/v1/messages/", Operation.Messages)]
    [InlineData("https://gateway.example/v1//../v1/messages", Operation.Messages)]
    [InlineData("http://localhost:5000/proxy/anthropic/v1/messages", Operation.Messages)]
    [InlineData("https://gateway.example/router/v2/anthropic/v1/messages?a=/v1/models", Operation.Messages)]
    [InlineData("https://api.anthropic.com/v1/messages/count_tokens", Operation.CountTokens)]
    [InlineData("https://api.anthropic.com/v1/messages/count_tokens?beta=true", Operation.CountTokens)]
    [InlineData("https://api.anthropic.com/v1/messages/batches", Operation.BatchCreate)]
    [InlineData("https://api.anthropic.com/v1/messages/batches/msgbatch_1/cancel", Operation.BatchOther)]
    public void Posts_of_the_messages_api_are_recognised_by_their_path(string url, Operation expected)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri(url));

        Assert.Equal((expected, Provider.Anthropic, Framing.Anthropic), (endpoint!.Operation, endpoint.Provider, endpoint.Framing));
        Assert.Equal(new Uri(url).Authority, endpoint.Host);
        Assert.Null(endpoint.ModelFromUrl);
        Assert.Null(endpoint.IsStreamFromUrl);
    }

    [Theory]
    [InlineData("GET", "/v1/messages/batches", Operation.BatchOther)]
    [InlineData("GET", "/v1/messages/batches/msgbatch_1", Operation.BatchOther)]
    [InlineData("DELETE", "/v1/messages/batches/msgbatch_1", Operation.BatchOther)]
    [InlineData("GET", "/v1/messages/batches/msgbatch_1/results", Operation.BatchResults)]
    [InlineData("GET", "/v1/models?limit=5", Operation.Models)]
    public void Other_methods_have_operations_of_their_own(string method, string path, Operation expected)
    {
        var endpoint = MessagesEndpoint.Recognize(new HttpMethod(method), new Uri("https://api.anthropic.com" + path));

        Assert.Equal(expected, endpoint?.Operation);
    }

    [Theory]
    [InlineData("GET", "https://api.anthropic.com/v1/messages")]
    [InlineData("PUT", "https://api.anthropic.com/v1/messages")]
    [InlineData("POST", "https://api.anthropic.com/v1/models")]
    [InlineData("POST", "https://api.anthropic.com/v1/complete")]
    [InlineData("POST", "https://api.anthropic.com/v1/files")]
    [InlineData("POST", "https://api.anthropic.com/v1/messages/other")]
    [InlineData("POST", "https://api.anthropic.com/v1/messages/batches/msgbatch_1")]
    [InlineData("POST", "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results")]
    [InlineData("GET", "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results/more")]
    [InlineData("POST", "https://api.anthropic.com/v1/messages2")]
    [InlineData("POST", "https://api.anthropic.com/v1/my-messages")]
    [InlineData("POST", "https://api.openai.com/v1/chat/completions?x=/v1/messages")]
    [InlineData("GET", "https://api.openai.com/v1/models")]
    [InlineData("POST", "https://bedrock-runtime.us-east-1.amazonaws.com/model/meta.llama3-70b-instruct-v1%3A0/invoke")]
    [InlineData("POST", "https://bedrock-runtime.us-east-1.amazonaws.com/model//invoke")]
    [InlineData("POST", "https://bedrock-runtime.us-east-1.amazonaws.com/model/invoke")]
    [InlineData("POST", "https://aiplatform.googleapis.com/v1/publishers/google/models/gemini-2.5-pro:rawPredict")]
    [InlineData("POST", "https://aiplatform.googleapis.com/v1/publishers/anthropic/models/:rawPredict")]
    [InlineData("POST", "https://aiplatform.googleapis.com/v1/publishers/anthropic/models/claude-opus-5:predict")]
    [InlineData("POST", "ftp://api.anthropic.com/v1/messages")]
    [InlineData("POST", "file:///v1/messages")]
    public void Everything_else_is_left_alone(string method, string url)
    {
        Assert.Null(MessagesEndpoint.Recognize(new HttpMethod(method), new Uri(url)));
    }

    [Theory]
    [InlineData("https://res-1.services.ai.azure.com/anthropic/v1/messages", Provider.Foundry, null)]
    [InlineData("https://bedrock-mantle.eu-west-1.api.aws/anthropic/v1/messages", Provider.BedrockMantle, "eu-west-1")]
    [InlineData("https://aws-external-anthropic.us-east-2.api.aws/v1/messages", Provider.ClaudeOnAws, "us-east-2")]
    [InlineData("https://claude.googleapis.com/v1alpha/projects/p/locations/us-east5/workspaces/w/invoke/v1/messages", Provider.GoogleCloud, "us-east5")]
    [InlineData("https://RES.Services.AI.Azure.com/anthropic/v1/messages", Provider.Foundry, null)]
    [InlineData("https://bedrock-mantle.api.aws/v1/messages", Provider.Anthropic, null)]
    [InlineData("https://services.ai.azure.com.evil.example/v1/messages", Provider.Anthropic, null)]
    public void The_host_tells_who_answers(string url, Provider provider, string? location)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri(url))!;

        Assert.Equal((provider, location), (endpoint.Provider, endpoint.Location));
    }

    [Theory]
    [InlineData("/model/anthropic.claude-opus-4-20250514-v1%3A0/invoke", "anthropic.claude-opus-4-20250514-v1:0", Operation.Messages, Framing.BedrockInvoke, false)]
    [InlineData("/model/us.anthropic.claude-sonnet-5/invoke-with-response-stream", "us.anthropic.claude-sonnet-5", Operation.Messages, Framing.BedrockInvoke, true)]
    [InlineData("/model/eu.anthropic.claude-haiku-4-5-20251001-v1:0/converse", "eu.anthropic.claude-haiku-4-5-20251001-v1:0", Operation.Converse, Framing.BedrockConverse, false)]
    [InlineData("/model/claude-custom/converse-stream", "claude-custom", Operation.Converse, Framing.BedrockConverse, true)]
    [InlineData("/model/anthropic.claude-sonnet-4-5-20250929-v1:0/count-tokens", "anthropic.claude-sonnet-4-5-20250929-v1:0", Operation.CountTokens, Framing.BedrockInvoke, false)]
    [InlineData("/gateway/model/anthropic.claude-v2%3A1/invoke", "anthropic.claude-v2:1", Operation.Messages, Framing.BedrockInvoke, false)]
    internal void Bedrock_names_the_model_in_the_url(string path, string model, Operation operation, Framing framing, bool isStream)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri("https://bedrock-runtime.us-west-2.amazonaws.com" + path))!;

        Assert.Equal((Provider.Bedrock, "us-west-2"), (endpoint.Provider, endpoint.Location));
        Assert.Equal((model, operation, framing, isStream), (endpoint.ModelFromUrl, endpoint.Operation, endpoint.Framing, endpoint.IsStreamFromUrl));
    }

    [Theory]
    [InlineData("arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Aapplication-inference-profile%2Fabc123")]
    [InlineData("arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123")]
    public void An_arn_is_a_model_too_and_tells_the_region_behind_a_gateway(string id)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri($"http://127.0.0.1:9/model/{id}/invoke"))!;

        Assert.Equal("arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123", endpoint.ModelFromUrl);
        Assert.Equal(("eu-central-1", "127.0.0.1:9"), (endpoint.Location, endpoint.Host));
    }

    [Theory]
    [InlineData("bedrock-runtime-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("vpce-1.bedrock-runtime.ap-south-1.vpce.amazonaws.com", "ap-south-1")]
    [InlineData("bedrock-runtime.us-east-1.api.aws", "us-east-1")]
    [InlineData("my-bedrock-runtime.example", null)]
    [InlineData("bedrock-runtime", null)]
    public void The_region_stands_in_the_host(string host, string? region)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri($"https://{host}/model/anthropic.claude-v2/invoke"))!;

        Assert.Equal(region, endpoint.Location);
    }

    [Theory]
    [InlineData("https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-opus-4-5@20251101:rawPredict", "claude-opus-4-5@20251101", "us-east5", false, Operation.Messages)]
    [InlineData("https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/anthropic/models/claude-sonnet-5:streamRawPredict", "claude-sonnet-5", "global", true, Operation.Messages)]
    [InlineData("https://aiplatform.eu.rep.googleapis.com/v1/projects/p/locations/eu/publishers/anthropic/models/claude-opus-4-5%4020251101%3ArawPredict", "claude-opus-4-5@20251101", "eu", false, Operation.Messages)]
    [InlineData("https://europe-west1-aiplatform.googleapis.com/publishers/anthropic/models/claude-sonnet-5:rawPredict", "claude-sonnet-5", "europe-west1", false, Operation.Messages)]
    [InlineData("https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/anthropic/models/count-tokens:rawPredict", null, "global", false, Operation.CountTokens)]
    public void Vertex_names_model_and_location_in_the_url(string url, string? model, string location, bool isStream, Operation operation)
    {
        var endpoint = MessagesEndpoint.Recognize(HttpMethod.Post, new Uri(url))!;

        Assert.Equal((Provider.Vertex, Framing.Vertex, operation), (endpoint.Provider, endpoint.Framing, endpoint.Operation));
        Assert.Equal((model, location, isStream), (endpoint.ModelFromUrl, endpoint.Location, endpoint.IsStreamFromUrl));
    }

    [Fact]
    public void A_list_of_models_behind_a_gateway_is_claudes_when_the_version_header_says_so()
    {
        using var plain = new HttpRequestMessage(HttpMethod.Get, "http://gateway.example/v1/models");
        using var claude = new HttpRequestMessage(HttpMethod.Get, "http://gateway.example/v1/models");
        claude.Headers.Add("anthropic-version", "2023-06-01");

        Assert.Null(MessagesEndpoint.Recognize(plain));
        Assert.Equal(Operation.Models, MessagesEndpoint.Recognize(claude)?.Operation);
    }

    [Fact]
    public void A_request_without_a_url_or_with_a_relative_one_is_left_alone()
    {
        using var none = new HttpRequestMessage();
        using var relative = new HttpRequestMessage(HttpMethod.Post, "/v1/messages");

        Assert.Null(MessagesEndpoint.Recognize(none));
        Assert.Null(MessagesEndpoint.Recognize(relative));
    }

    [Theory]
    [InlineData("https://api.example.com/orders/17?page=2")]
    [InlineData("https://api.openai.com/v1/chat/completions")]
    [InlineData("https://api.example.com")]
    public void A_url_that_does_not_match_costs_no_allocation(string url)
    {
        // A new URL each time: one that was looked at before may have kept its parts.
        var urls = new Queue<Uri>(Enumerable.Range(0, 10).Select(_ => new Uri(url)));

        var allocated = Allocations.Of(() =>
        {
            var uri = urls.Dequeue();
            MessagesEndpoint.Recognize(HttpMethod.Post, uri);
            MessagesEndpoint.Recognize(HttpMethod.Get, uri);
        });

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void No_url_makes_it_throw()
    {
        string[] parts =
        [
            "/", "//", "%", "%2", "%ZZ", "\\", "/.", "/..", "?", "#", ":", "@", "[", "é", "\uD800", " ", "/v1", "/messages", "/batches/", "/model/",
            "/invoke", "arn:", ":rawPredict", "/publishers/anthropic/models/", "/locations/", "claude", "count-tokens",
        ];
        var random = new Random(17);
        var parsed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var path = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => parts[random.Next(parts.Length)]));
            if (Uri.TryCreate("https://bedrock-runtime.x" + path, UriKind.Absolute, out var uri))
            {
                MessagesEndpoint.Recognize(HttpMethod.Post, uri);
                MessagesEndpoint.Recognize(HttpMethod.Get, uri);
                parsed++;
            }
        }

        Assert.True(parsed > 10_000, "too few of the URLs were URLs");
    }
}
