using System.Collections.Concurrent;
using System.Diagnostics;
using CostLedger.Records;
using EndToEnd.Tests.Sdk;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>The packages trace their calls, each from a source of its own. Their span is enriched and never told twice.</summary>
[Collection(ObservedCalls.Name)]
public sealed class SpanTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public SpanTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Telemetry.Handler" || source.Name.StartsWith("com.anthropic.sdk.csharp", StringComparison.Ordinal),
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public static TheoryData<Provider, Attachment> Places() => ProviderClient.Places();

    public void Dispose() => _listener.Dispose();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_package_span_is_adopted_and_keeps_its_own_name_of_the_provider(Provider provider, Attachment attachment)
    {
        await using var setup = await ProviderSetup.StartAsync();
        using var client = setup.Observed(provider, attachment);

        await ProviderSetup.AskAsync(client, provider, Asking.Whole);

        var inference = Assert.Single(_spans, span => span.GetTagItem("gen_ai.operation.name") is not null);
        var attempt = Assert.Single(_spans, span => span.Source.Name is "Telemetry.Handler");
        Assert.StartsWith("com.anthropic.sdk.csharp", inference.Source.Name, StringComparison.Ordinal);
        Assert.Equal(inference.SpanId, attempt.ParentSpanId);
        Assert.Equal(Flavour(provider), inference.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(provider.Name(), inference.GetTagItem("costledger.platform"));
        Assert.Equal(Assert.Single(setup.Records()).Cost.Total!.Value.ToDouble(), inference.GetTagItem("costledger.cost.amount"));
    }

    private static string Flavour(Provider provider) => provider switch
    {
        Provider.Bedrock or Provider.BedrockMantle => "aws.bedrock",
        Provider.Vertex => "gcp.vertex_ai",
        _ => "anthropic",
    };
}
