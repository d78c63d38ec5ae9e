using CostLedger.Records;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Attempts;

/// <summary>
/// Tells whether an attempt will be tried again, without waiting for it. Source: the official SDK 13 tries again twice by default:
/// after 408, 409, 429, 5xx, failures of the connection and time limits, where <c>x-should-retry</c> does not say otherwise, and
/// never once an answer has begun.
/// </summary>
internal static class RetryRule
{
    /// <summary>The official SDK's default of <c>MaxRetries</c>.</summary>
    public const int SdkRetries = 2;

    /// <summary>The failure of an attempt that the caller cancelled or left.</summary>
    public const string Canceled = "canceled";

    /// <summary>The failure of an attempt that the model refused; a client may ask another one.</summary>
    public const string Refusal = "refusal";

    private const int FirstErrorStatus = 400;
    private const int FirstServerError = 500;

    /// <summary>Judges a failed attempt.</summary>
    /// <param name="mayPass">Whether the failure is one of those that can pass.</param>
    /// <param name="retryCount">The retries before it as the official SDK counts them; null when it does not.</param>
    /// <param name="tries">The attempts of the operation, this one included.</param>
    /// <param name="expected">The retries that the application says its client makes; null when it does not say.</param>
    public static OperationEnd Judge(bool mayPass, int? retryCount, int tries, int? expected)
    {
        if (!mayPass)
        {
            return OperationEnd.Yes;
        }

        var isUnknown = retryCount is null && expected is null;
        var retries = expected ?? (retryCount is null ? 0 : SdkRetries);
        return (retryCount ?? tries - 1) < retries ? OperationEnd.No : isUnknown ? OperationEnd.Perhaps : OperationEnd.Yes;
    }

    /// <summary>Whether an attempt failed in a way that the official SDK tries again.</summary>
    /// <param name="record">The attempt.</param>
    /// <param name="shouldRetry">What the server says (<c>x-should-retry</c>).</param>
    public static bool MayPass(CallRecord record, bool? shouldRetry) => record switch
    {
        { Outcome: not (CallOutcome.Error or CallOutcome.Timeout) } => false,
        { HttpStatus: { } status } => MayPass(status, shouldRetry),
        _ => !string.Equals(record.ErrorType, TagValues.ClientError, StringComparison.Ordinal),
    };

    /// <summary>The same by the status alone.</summary>
    public static bool MayPass(int status, bool? shouldRetry) =>
        status >= FirstErrorStatus && (shouldRetry ?? status is 408 or 409 or 429 or >= FirstServerError);

    /// <summary>Whether a status is a failure.</summary>
    public static bool IsFailure(int status) => status >= FirstErrorStatus;

    /// <summary>Why an attempt failed; null when it succeeded.</summary>
    public static string? FailureOf(CallRecord record) => record.Outcome switch
    {
        CallOutcome.Success => null,
        CallOutcome.Refused => Refusal,
        CallOutcome.Canceled => Canceled,
        _ => ErrorTypes.Of(record) ?? Canceled,
    };
}
