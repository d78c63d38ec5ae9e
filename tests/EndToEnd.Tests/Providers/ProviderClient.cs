using Anthropic;
using Anthropic.Aws;
using Anthropic.Bedrock;
using Anthropic.Core;
using Anthropic.Foundry;
using Anthropic.GoogleCloud;
using Anthropic.Vertex;
using CostLedger.Records;
using EndToEnd.Tests.Sdk;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>Makes clients of the SDK's packages, one a provider. They call the real hosts, by way of the loopback address.</summary>
internal static class ProviderClient
{
    public const string Region = "us-east-1";
    public const string VertexRegion = "us-east5";

    /// <summary>A Bedrock profile that does not tell its model.</summary>
    public const string OpaqueProfile = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3";

    /// <summary>The providers that have a client.</summary>
    public static IReadOnlyList<Provider> All { get; } =
        [Provider.Bedrock, Provider.BedrockMantle, Provider.Vertex, Provider.Foundry, Provider.ClaudeOnAws, Provider.GoogleCloud];

    /// <summary>Every provider with every way of asking.</summary>
    public static TheoryData<Provider, Asking> Cases()
    {
        var cases = new TheoryData<Provider, Asking>();
        foreach (var provider in All)
        {
            foreach (var asking in Enum.GetValues<Asking>())
            {
                cases.Add(provider, asking);
            }
        }

        return cases;
    }

    /// <summary>Every provider with both places.</summary>
    public static TheoryData<Provider, Attachment> Places()
    {
        var places = new TheoryData<Provider, Attachment>();
        foreach (var provider in All)
        {
            places.Add(provider, Attachment.Handlers);
            places.Add(provider, Attachment.HttpClient);
        }

        return places;
    }

    /// <summary>Where a provider's calls go.</summary>
    public static string? Location(Provider provider) => provider switch
    {
        Provider.Foundry => null,
        Provider.Vertex or Provider.GoogleCloud => VertexRegion,
        _ => Region,
    };

    /// <summary>The model as a provider names it; all are the same one.</summary>
    public static string Model(Provider provider) => provider switch
    {
        Provider.Bedrock => "us.anthropic.claude-sonnet-4-6",
        Provider.BedrockMantle => "anthropic.claude-sonnet-4-6",
        Provider.Foundry => "our-sonnet",
        _ => SdkClient.Model,
    };

    /// <summary>Makes a client.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="server">Where its calls end.</param>
    /// <param name="attachment">Where the handler is.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>The client.</returns>
    public static IAnthropicClient Create(Provider provider, Uri server, Attachment attachment, DelegatingHandler handler)
    {
        HttpMessageHandler inner = new Loopback(server);
        if (attachment == Attachment.HttpClient)
        {
            handler.InnerHandler = inner;
            inner = handler;
        }

        return Create(provider, inner, attachment == Attachment.Handlers ? [handler] : []);
    }

    /// <summary>Makes a client with handlers among its own.</summary>
    public static IAnthropicClient Create(Provider provider, Uri server, IReadOnlyList<DelegatingHandler> handlers) =>
        Create(provider, new Loopback(server), handlers);

    private static IAnthropicClient Create(Provider provider, HttpMessageHandler inner, IReadOnlyList<DelegatingHandler> handlers)
    {
        var http = new HttpClient(inner) { Timeout = Timeout.InfiniteTimeSpan };
        return Create(provider, options => options with { HttpClient = http, Handlers = handlers });
    }

    private static IAnthropicClient Create(Provider provider, Func<ClientOptions, ClientOptions> attach) => provider switch
    {
        Provider.Bedrock => new AnthropicBedrockClient(new AnthropicBedrockPrivateKeyCredentials
        {
            Region = Region,
            ApiAccessKey = "AKIASECRET",
            ApiSecret = "secret",
        }).WithOptions(attach),
        Provider.BedrockMantle => new AnthropicBedrockMantleClient(new MantleAwsClientOptions
        {
            AwsAccessKey = "AKIASECRET",
            AwsSecretAccessKey = "secret",
            AwsRegion = Region,
        }).WithOptions(attach),
        Provider.Vertex => new AnthropicVertexClient(new GoogleToken(VertexRegion)).WithOptions(attach),
        Provider.Foundry => new AnthropicFoundryClient(new AnthropicFoundryApiKeyCredentials("secret-key", "our-resource")).WithOptions(attach),
        Provider.ClaudeOnAws => new AnthropicAwsClient(new AwsClientOptions
        {
            AwsAccessKey = "AKIASECRET",
            AwsSecretAccessKey = "secret",
            AwsRegion = Region,
            WorkspaceId = "wrkspc_1",
        }).WithOptions(attach),
        Provider.GoogleCloud => new AnthropicGoogleCloudClient(new GoogleCloudClientOptions
        {
            Project = "project-1",
            Location = VertexRegion,
            WorkspaceId = "workspace-1",
            TokenProvider = _ => Task.FromResult("ya29.secret"),
        }).WithOptions(attach),
        _ => throw new ArgumentOutOfRangeException(nameof(provider)),
    };
}
