namespace Telemetry.Handler.Names;

/// <summary>Attributes of OpenTelemetry's stable conventions.</summary>
internal static class SemanticTags
{
    public const string ErrorType = "error.type";
    public const string ExceptionType = "exception.type";
    public const string ExceptionMessage = "exception.message";
    public const string ExceptionStackTrace = "exception.stacktrace";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string HttpRequestMethod = "http.request.method";
    public const string HttpRequestResendCount = "http.request.resend_count";
    public const string HttpResponseStatusCode = "http.response.status_code";
    public const string NetworkProtocolVersion = "network.protocol.version";
    public const string UrlScheme = "url.scheme";
    public const string UrlFull = "url.full";
    public const string AwsRequestId = "aws.request_id";
}
