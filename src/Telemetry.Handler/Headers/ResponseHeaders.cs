using CostLedger.Records;

namespace Telemetry.Handler.Headers;

/// <summary>What the response's status and headers say of the call. No other header is looked at.</summary>
internal sealed record ResponseHeaders
{
    private const int FirstErrorStatus = 400;
    private const string AwsRequestIdHeader = "x-amzn-requestid";
    private const string AwsErrorTypeHeader = "x-amzn-errortype";

    // The API's own id goes before those that clouds and gateways add.
    private static readonly string[] RequestIdHeaders =
        ["request-id", AwsRequestIdHeader, "apim-request-id", "x-request-id", "x-amz-request-id"];

    public required int Status { get; init; }

    public Version? ProtocolVersion { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The id that AWS gave, beside the API's own where there is one.</summary>
    public string? AwsRequestId { get; init; }

    /// <summary>The kind of error in a header of AWS (<c>ThrottlingException</c>); null on success.</summary>
    public string? AwsErrorType { get; init; }

    /// <summary>The wait that an error asks for; null on success, where the header means something else.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the server asks clients to try again, or not to (<c>x-should-retry</c>); null when it does not say.</summary>
    public bool? ShouldRetry { get; init; }

    public string? OrganizationId { get; init; }

    public string? WorkspaceId { get; init; }

    public IReadOnlyList<RateLimit> RateLimits { get; init; } = [];

    /// <summary>Bedrock's own measurements; null elsewhere, and on an error.</summary>
    public InvocationMetrics? Invocation { get; init; }

    /// <summary>The service tier that Bedrock says it served; null elsewhere.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="response">The response; nothing of its body is read.</param>
    /// <param name="now">The time that dates are counted from.</param>
    public static ResponseHeaders Read(HttpResponseMessage response, DateTimeOffset now)
    {
        var headers = response.Headers;
        var isError = (int)response.StatusCode >= FirstErrorStatus;
        return new ResponseHeaders
        {
            Status = (int)response.StatusCode,
            ProtocolVersion = response.Version,
            RequestId = FirstOf(response, RequestIdHeaders),
            AwsRequestId = HeaderText.First(headers, AwsRequestIdHeader),
            AwsErrorType = isError ? NameOf(HeaderText.First(headers, AwsErrorTypeHeader)) : null,
            RetryAfter = isError ? Headers.RetryAfter.Read(headers, now) : null,
            ShouldRetry = bool.TryParse(HeaderText.First(headers, "x-should-retry"), out var shouldRetry) ? shouldRetry : null,
            OrganizationId = HeaderText.First(headers, "anthropic-organization-id"),
            WorkspaceId = HeaderText.First(headers, "anthropic-workspace-id"),
            RateLimits = RateLimitHeaders.Read(headers),
            Invocation = isError ? null : BedrockHeaders.Read(headers),
            ServiceTier = BedrockHeaders.ServiceTier(headers),
        };
    }

    private static string? FirstOf(HttpResponseMessage response, string[] names)
    {
        foreach (var name in names)
        {
            if (HeaderText.First(response.Headers, name) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    // "ValidationException:http://internal.amazon.com/…"
    private static string? NameOf(string? errorType)
    {
        var colon = errorType?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon < 0 ? errorType : colon == 0 ? null : errorType![..colon];
    }
}
