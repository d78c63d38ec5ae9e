using System.Net;
using CostLedger.Records;
using Telemetry.Handler.Headers;
using Xunit;

namespace Telemetry.Handler.Tests.Headers;

public sealed class ResponseHeadersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("5", 5)]
    [InlineData("0", 0)]
    [InlineData("2.5", 2.5)]
    [InlineData(" 7 ", 7)]
    [InlineData("Sat, 21 Nov 2026 12:01:30 GMT", 90)]
    [InlineData("Sat, 21 Nov 2026 11:00:00 GMT", 0)]
    public void An_error_tells_how_long_to_wait(string value, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(429, ("retry-after", value)).RetryAfter);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999999")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("Sat, 21 Nov 9999 12:00:00 GMT")]
    [InlineData("5, 6")]
    public void Nonsense_is_no_wait(string value)
    {
        Assert.Null(Read(503, ("retry-after", value)).RetryAfter);
    }

    [Fact]
    public void Milliseconds_go_first_when_they_make_sense()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(1500), Read(529, ("retry-after", "9"), ("retry-after-ms", "1500")).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(9), Read(529, ("retry-after", "9"), ("retry-after-ms", "x")).RetryAfter);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("maybe", null)]
    public void The_server_may_ask_for_a_retry_or_not_to(string value, bool? expected)
    {
        Assert.Equal(expected, Read(400, ("x-should-retry", value)).ShouldRetry);
        Assert.Null(Read(400).ShouldRetry);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(304)]
    public void A_success_asks_for_no_wait_whatever_the_header_says(int status)
    {
        Assert.Null(Read(status, ("retry-after", "38")).RetryAfter);
    }

    [Fact]
    public void The_apis_own_request_id_goes_before_those_of_clouds_and_gateways()
    {
        Assert.Equal("req_1", Read(200, ("x-request-id", "x"), ("x-amzn-requestid", "aws"), ("request-id", "req_1")).RequestId);
        Assert.Equal("aws", Read(200, ("x-request-id", "x"), ("x-amzn-RequestId", "aws")).RequestId);
        Assert.Equal("apim", Read(200, ("x-request-id", "x"), ("apim-request-id", "apim")).RequestId);
        Assert.Equal("x", Read(200, ("x-request-id", "x")).RequestId);
        Assert.Null(Read(200).RequestId);
    }

    [Fact]
    public void An_id_that_can_be_none_is_left_out()
    {
        Assert.Null(Read(200, ("request-id", new string('x', 257))).RequestId);
        Assert.Null(Read(200, ("request-id", "réq")).RequestId);
        Assert.Equal("second", Read(200, ("request-id", ""), ("x-request-id", "second")).RequestId);
    }

    [Fact]
    public void Organisation_workspace_and_aws_are_read()
    {
        var headers = Read(
            400, ("anthropic-organization-id", "org"), ("anthropic-workspace-id", "ws"), ("x-amzn-requestid", "aws"),
            ("x-amzn-errortype", "ValidationException:http://internal.amazon.com/coral/"));

        Assert.Equal(("org", "ws", "aws", "ValidationException"), (headers.OrganizationId, headers.WorkspaceId, headers.AwsRequestId, headers.AwsErrorType));
    }

    [Fact]
    public void Limits_of_all_families_are_read()
    {
        var limits = Read(
            200,
            ("anthropic-ratelimit-input-tokens-limit", "2000000"),
            ("anthropic-ratelimit-input-tokens-remaining", "1999000"),
            ("anthropic-ratelimit-input-tokens-reset", "2026-11-21T12:00:03Z"),
            ("anthropic-priority-output-tokens-limit", "10"),
            ("Anthropic-Fast-Input-Tokens-Remaining", "7"),
            ("anthropic-ratelimit-unified-5h-reset", "1795262400"),
            ("anthropic-ratelimit-unified-status", "allowed"),
            ("anthropic-organization-id", "o")).RateLimits;

        Assert.Equal(
            [
                new RateLimit("input-tokens", 2_000_000, 1_999_000, Now.AddSeconds(3)),
                new RateLimit("priority-output-tokens", 10, null, null),
                new RateLimit("fast-input-tokens", null, 7, null),
                new RateLimit("unified-5h", null, null, DateTimeOffset.FromUnixTimeSeconds(1_795_262_400)),
            ],
            limits);
    }

    [Theory]
    [InlineData("anthropic-ratelimit-tokens-limit", "many")]
    [InlineData("anthropic-ratelimit-tokens-remaining", "-5")]
    [InlineData("anthropic-ratelimit-tokens-reset", "later")]
    [InlineData("anthropic-ratelimit-tokens-reset", "99999999999999")]
    [InlineData("anthropic-ratelimit--limit", "5")]
    [InlineData("anthropic-ratelimit-limit", "5")]
    public void Nonsense_is_no_limit(string name, string value)
    {
        Assert.Empty(Read(200, (name, value)).RateLimits);
    }

    [Fact]
    public void The_number_of_kinds_is_bounded()
    {
        var headers = Enumerable.Range(0, 100).Select(i => ($"anthropic-ratelimit-kind{i}-limit", "1")).ToArray();

        Assert.Equal(RateLimitHeaders.MaxKinds, Read(200, headers).RateLimits.Count);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("0", 0)]
    [InlineData("-1", null)]
    [InlineData("x", null)]
    [InlineData("100000", null)]
    public void The_sdks_retry_count_is_read(string value, int? expected)
    {
        using var request = new HttpRequestMessage();
        request.Headers.TryAddWithoutValidation("x-stainless-retry-count", value);

        Assert.Equal(expected, RequestHeaders.Read(request).RetryCount);
    }

    [Fact]
    public void Betas_are_read_from_lists_and_repeated_headers()
    {
        using var request = new HttpRequestMessage();
        request.Headers.TryAddWithoutValidation("anthropic-beta", "a-1, b-2,,");
        request.Headers.TryAddWithoutValidation("anthropic-beta", "c-3");

        Assert.Equal(["a-1", "b-2", "c-3"], RequestHeaders.Read(request).Betas);
    }

    private static ResponseHeaders Read(int status, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return ResponseHeaders.Read(response, Now);
    }
}
