using System.Net;
using Telemetry.Handler.Requests;
using Xunit;

namespace Telemetry.Handler.Tests.Requests;

public sealed class ResponseHeadersTests
{
    [Theory]
    [InlineData("retry-after", "12", 12)]
    [InlineData("retry-after", "1.5", 1.5)]
    [InlineData("retry-after-ms", "250", 0.25)]
    public void An_error_says_what_to_wait(string name, string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(HttpStatusCode.TooManyRequests, (name, value)).RetryAfter);

    [Theory]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("1e99")]
    [InlineData("soon")]
    [InlineData("")]
    public void Nonsense_is_no_waiting_time(string value) =>
        Assert.Null(Read(HttpStatusCode.TooManyRequests, ("retry-after", value)).RetryAfter);

    [Fact]
    public void The_header_means_something_else_on_a_success() =>
        Assert.Null(Read(HttpStatusCode.OK, ("retry-after", "12")).RetryAfter);

    [Fact]
    public void A_date_is_counted_from_now() =>
        Assert.InRange(
            Read(HttpStatusCode.ServiceUnavailable, ("retry-after", DateTimeOffset.UtcNow.AddSeconds(100).ToString("R"))).RetryAfter!.Value.TotalSeconds,
            90,
            100);

    [Fact]
    public void Limits_of_every_kind_are_read()
    {
        var headers = Read(
            HttpStatusCode.OK,
            ("anthropic-ratelimit-input-tokens-limit", "400000"),
            ("anthropic-ratelimit-input-tokens-remaining", "399000"),
            ("anthropic-ratelimit-input-tokens-reset", "2026-01-14T22:01:32Z"),
            ("anthropic-priority-output-tokens-remaining", "7"),
            ("anthropic-fast-input-tokens-limit", "x"),
            ("anthropic-ratelimit-odd", "1"));

        Assert.Equal(["fast-input-tokens", "input-tokens", "priority-output-tokens"], headers.RateLimits.Select(limit => limit.Kind));
        var input = headers.RateLimits[1];
        Assert.Equal((400000, 399000, new DateTimeOffset(2026, 1, 14, 22, 1, 32, TimeSpan.Zero)), (input.Limit, input.Remaining, input.ResetsAt));
        Assert.Null(headers.RateLimits[0].Limit);
    }

    [Theory]
    [InlineData("request-id")]
    [InlineData("x-amzn-requestid")]
    [InlineData("apim-request-id")]
    public void The_request_id_has_several_names(string name) => Assert.Equal("r1", Read(HttpStatusCode.OK, (name, "r1")).RequestId);

    private static ResponseHeaders Read(HttpStatusCode status, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage(status);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return ResponseHeaders.Read(response, TimeProvider.System);
    }
}
