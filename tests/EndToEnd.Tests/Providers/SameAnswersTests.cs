using System.Security.Cryptography;
using CostLedger.Records;
using EndToEnd.Tests.Sdk;
using MessagesSimulator.Serving;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>With the handler, the providers' clients send what they send without, and their callers read the same answers.</summary>
[Collection(ObservedCalls.Name)]
public sealed class SameAnswersTests
{
    /// <summary>Headers whose values follow from the clock, and tracing, which the platform adds for whoever listens.</summary>
    private static readonly string[] Momentary = ["authorization", "x-amz-date", "traceparent", "tracestate", "baggage"];

    public static TheoryData<Provider, Asking> Cases() => ProviderClient.Cases();

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Among_the_handlers_nothing_changes(Provider provider, Asking asking) => AssertSameAsync(provider, asking, Attachment.Handlers);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Inside_the_client_nothing_changes(Provider provider, Asking asking) => AssertSameAsync(provider, asking, Attachment.HttpClient);

    private static async Task AssertSameAsync(Provider provider, Asking asking, Attachment attachment)
    {
        var (answer, request) = await RunAsync(provider, asking, attachment, isObserved: true);
        var (expected, bare) = await RunAsync(provider, asking, attachment, isObserved: false);

        Assert.Equal(expected, answer);
        Assert.Equal((bare.Method, bare.Target), (request.Method, request.Target));
        Assert.Equal(bare.Body.ToArray(), request.Body.ToArray());
        Assert.Equal(bare.SentBody.ToArray(), request.SentBody.ToArray());
        Assert.Equal(Headers(bare), Headers(request), StringComparer.Ordinal);
        Assert.Equal(SignedHeaders(bare), SignedHeaders(request));
        AssertSignatureCoversBody(request);
    }

    private static async Task<(string Answer, RecordedRequest Request)> RunAsync(
        Provider provider, Asking asking, Attachment attachment, bool isObserved)
    {
        await using var setup = await ProviderSetup.StartAsync();
        using var client = isObserved ? setup.Observed(provider, attachment) : setup.Bare(provider, attachment);
        var answer = await ProviderSetup.AskAsync(client, provider, asking);
        var request = Assert.Single(setup.Server.Requests);
        await request.Finished;
        return (answer, request);
    }

    private static IEnumerable<string> Headers(RecordedRequest request) => request.Headers
        .Where(header => !Momentary.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        .Select(header => $"{header.Key}: {header.Value}");

    private static string? SignedHeaders(RecordedRequest request) =>
        request.Header("Authorization")?.Split(", ").SingleOrDefault(part => part.StartsWith("SignedHeaders=", StringComparison.Ordinal));

    private static void AssertSignatureCoversBody(RecordedRequest request)
    {
        if (request.Header("x-amz-content-sha256") is { } hash)
        {
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)), hash);
        }
    }
}
