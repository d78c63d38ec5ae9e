using System.Globalization;
using CostLedger.Records;

namespace Telemetry.Handler.Names;

/// <summary>The value of <c>error.type</c>, the same on spans and metrics.</summary>
internal static class ErrorTypes
{
    private const int FirstErrorStatus = 400;

    /// <summary>The kind of error that a call ended with.</summary>
    /// <param name="record">The call.</param>
    /// <returns>The API's error type, else the status, else the kind of failure; null when it was no error. A caller that cancels
    /// or stops reading makes no error, nor does a refusal.</returns>
    public static string? Of(CallRecord record) => record.Outcome switch
    {
        CallOutcome.Error => record.ErrorType ?? OfStatus(record.HttpStatus),
        CallOutcome.Timeout => record.ErrorType ?? TagValues.ClientTimeout,
        CallOutcome.Truncated => record.ErrorType ?? TagValues.StreamTruncated,
        _ => null,
    };

    private static string OfStatus(int? status) => status switch
    {
        null => TagValues.ConnectionError,
        >= FirstErrorStatus => status.Value.ToString(CultureInfo.InvariantCulture),
        _ => TagValues.ClientError,
    };
}
