using System.Globalization;
using CostLedger.Records;
using Telemetry.Handler.Documents;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Names;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Recording;

/// <summary>
/// Tells endings apart. The events of the answer decide before the way its bytes ended: a client library stops reading
/// after an error event, and a server that breaks off can look like a clean end.
/// </summary>
internal static class EndingJudge
{
    private const string Refusal = "refusal";
    private const int FirstErrorStatus = 300;
    private const AnswerFaults CutResults = AnswerFaults.IncompleteJson | AnswerFaults.CorruptEncoding;

    /// <summary>Judges an attempt that got a response.</summary>
    public static Ending OfResponse(CallSketch sketch, TransferEnd end, Exception? error)
    {
        var (status, kind) = (sketch.HttpStatus ?? 0, sketch.AnswerKind);
        if (sketch.Facts is not { } facts)
        {
            return OfCutAnswer(sketch, end, error);
        }

        if (status >= FirstErrorStatus)
        {
            return new Ending(CallOutcome.Error, null, facts.ErrorType ?? sketch.Headers?.AwsErrorType ?? status.ToString(CultureInfo.InvariantCulture));
        }

        // However the rest went on: the caller did not see it.
        if (sketch.Left is not null)
        {
            return OfCutAnswer(sketch, end, error);
        }

        if (facts.SawErrorEvent)
        {
            return new Ending(CallOutcome.Error, StreamEnd.ErrorEvent, facts.ErrorType ?? TagValues.ClientError);
        }

        if (facts.IsComplete)
        {
            return OfWholeAnswer(sketch, facts);
        }

        // Lines have no last one that says so: the end of the file is the end, unless it is within a line.
        if (kind == AnswerKind.BatchResults && end == TransferEnd.Eof && (facts.Faults & CutResults) == AnswerFaults.None)
        {
            return new Ending(CallOutcome.Success, null, null);
        }

        return OfCutAnswer(sketch, end, error);
    }

    /// <summary>Judges an attempt that got no response.</summary>
    public static Ending OfFailure(Exception error, CancellationToken cancellationToken) => error switch
    {
        CallWithheldException => new(CallOutcome.Canceled, null, TagValues.Withheld, WasNeverSent: true),
        OperationCanceledException { InnerException: TimeoutException } => new(CallOutcome.Timeout, null, TagValues.ClientTimeout),
        OperationCanceledException when cancellationToken.IsCancellationRequested => new(CallOutcome.Canceled, null, null),
        OperationCanceledException or TimeoutException => new(CallOutcome.Timeout, null, TagValues.ClientTimeout),
        HttpRequestException or IOException => new(CallOutcome.Error, null, TagValues.ConnectionError, IsBeforeConnecting(error)),
        _ => new(CallOutcome.Error, null, TagValues.ClientError),
    };

    // A gateway may send an error, or anything, with a good status.
    private static Ending OfWholeAnswer(CallSketch sketch, AnswerFacts facts)
    {
        var isDocument = sketch.AnswerKind == AnswerKind.MessageBody;
        if (isDocument && facts.IsErrorDocument)
        {
            return new Ending(CallOutcome.Error, null, facts.ErrorType ?? TagValues.ClientError);
        }

        if (isDocument && !facts.IsMessage)
        {
            return new Ending(CallOutcome.Error, null, TagValues.NoMessage);
        }

        var outcome = string.Equals(facts.StopReason, Refusal, StringComparison.Ordinal) ? CallOutcome.Refused : CallOutcome.Success;
        return new Ending(outcome, sketch.IsStreamAnswer ? StreamEnd.MessageStop : null, null);
    }

    // Anything else may have failed after the request was read: a reset connection says nothing of how far it got.
    private static bool IsBeforeConnecting(Exception error) => error is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    // Its bytes came to their end, and nobody here can tell what they say.
    private static bool IsUnreadable(CallSketch sketch) => sketch.Facts is { } facts && (facts.Faults & AnswerFaults.UnsupportedEncoding) != AnswerFaults.None;

    private static Ending OfCutAnswer(CallSketch sketch, TransferEnd end, Exception? error) => end switch
    {
        _ when sketch.CostLimit is not null => new(CallOutcome.Canceled, StreamEnd.Disposed, TagValues.CostLimit),
        TransferEnd.Disposed => new(CallOutcome.Canceled, StreamEnd.Disposed, null),
        TransferEnd.Canceled when error?.InnerException is TimeoutException =>
            new(CallOutcome.Timeout, StreamEnd.Canceled, TagValues.ClientTimeout),
        TransferEnd.Canceled => new(CallOutcome.Canceled, StreamEnd.Canceled, null),
        TransferEnd.Faulted when error is TimeoutException or OperationCanceledException =>
            new(CallOutcome.Timeout, StreamEnd.Faulted, TagValues.ClientTimeout),
        TransferEnd.Faulted => new(CallOutcome.Error, StreamEnd.Faulted, TagValues.ConnectionError),
        _ when sketch.AnswerKind == AnswerKind.Page => new(CallOutcome.Error, null, TagValues.NoMessage),
        _ when sketch.AnswerKind == AnswerKind.Unparsed || IsUnreadable(sketch) => new(CallOutcome.Success, null, null),
        _ => new(CallOutcome.Truncated, StreamEnd.EofWithoutStop, TagValues.StreamTruncated),
    };
}
