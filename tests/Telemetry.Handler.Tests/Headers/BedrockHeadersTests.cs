using CostLedger.Records;
using Telemetry.Handler.Headers;
using Xunit;

namespace Telemetry.Handler.Tests.Headers;

public sealed class BedrockHeadersTests
{
    [Fact]
    public void All_measurements_are_read()
    {
        var headers = Read(
            200,
            ("x-amzn-bedrock-input-token-count", "16"),
            ("X-Amzn-Bedrock-Output-Token-Count", "82"),
            ("x-amzn-bedrock-cache-read-input-token-count", "0"),
            ("x-amzn-bedrock-cache-write-input-token-count", "1712"),
            ("x-amzn-bedrock-invocation-latency", "4651"),
            ("x-amzn-bedrock-service-tier", "priority"));

        Assert.Equal(
            new InvocationMetrics
            {
                InputTokens = 16,
                OutputTokens = 82,
                CacheReadInputTokens = 0,
                CacheWriteInputTokens = 1712,
                InvocationLatency = TimeSpan.FromMilliseconds(4651),
            },
            headers.Invocation);
        Assert.Equal("priority", headers.ServiceTier);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("99999999999")]
    [InlineData("99999999999999999999999999")]
    public void What_is_no_count_is_left_out(string value)
    {
        Assert.Null(Read(200, ("x-amzn-bedrock-input-token-count", value)).Invocation);
        Assert.Equal(
            new InvocationMetrics { OutputTokens = 5 },
            Read(200, ("x-amzn-bedrock-input-token-count", value), ("x-amzn-bedrock-output-token-count", "5")).Invocation);
    }

    [Fact]
    public void The_default_tier_is_the_standard_one() =>
        Assert.Equal("standard", Read(200, ("x-amzn-bedrock-service-tier", "default")).ServiceTier);

    [Fact]
    public void Errors_and_others_have_no_measurements()
    {
        Assert.Null(Read(429, ("x-amzn-bedrock-input-token-count", "16")).Invocation);
        Assert.Null(Read(200, ("x-amzn-requestid", "id")).Invocation);
        Assert.Null(Read(200).ServiceTier);
    }

    private static ResponseHeaders Read(int status, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)status);
        foreach (var (name, value) in headers)
        {
            Assert.True(response.Headers.TryAddWithoutValidation(name, value));
        }

        return ResponseHeaders.Read(response, DateTimeOffset.UnixEpoch);
    }
}
