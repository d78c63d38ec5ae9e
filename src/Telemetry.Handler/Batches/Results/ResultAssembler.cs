using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Documents;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Messages;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Batches.Results;

/// <summary>Makes the record of one request of a batch, and prices it.</summary>
/// <param name="context">What all of them have in common.</param>
/// <param name="random">Random bits for their keys, which keep the order of the lines.</param>
internal sealed class ResultAssembler(ResultContext context, UInt128 random)
{
    private const string Refusal = "refusal";
    private const string Expired = "expired";
    private UInt128 _next = random;

    /// <summary>Makes a record.</summary>
    /// <param name="line">What is known.</param>
    /// <param name="customId">The request's name in the batch.</param>
    /// <param name="size">The bytes of the line.</param>
    public CallRecord Assemble(ResultLine line, string customId, long size)
    {
        var document = line.Document;
        var isMessage = line.Kind == ResultKind.Succeeded;
        var id = CallId.Create(context.At, _next++);
        var record = new CallRecord
        {
            Id = id,
            FirstAttemptId = id,
            Provider = context.Endpoint.Provider,
            Operation = Operation.BatchResult,
            Location = context.Endpoint.Location,
            Host = context.Endpoint.Host,
            BatchId = context.BatchId,
            CustomId = customId,
            ModelRequested = context.ModelRequested,
            ModelServed = isMessage && document[Field.Model] is { Length: > 0 } model ? model : null,
            MessageId = isMessage ? document[Field.Id] : null,
            RequestId = document[Field.RequestId],
            Outcome = OutcomeOf(line.Kind, document),
            ErrorType = ErrorOf(line),
            StopReason = isMessage ? document[Field.StopReason] : null,
            RefusalCategory = isMessage ? document[Field.StopCategory] : null,
            Usage = isMessage && document.HasUsage ? document.ToUsage() : null,
            Cost = new CallCost { Basis = CostBasis.Unpriced },
            Transfer = new TransferFacts { ResponseBytes = size, ContentBlocks = isMessage ? document.ContentBlocks : 0 },
            Labels = context.Labels,
            Faults = FaultName.All(document.Faults),
        };
        return record with
        {
            Cost = context.Prices.Price(PricingRequest.From(record)).Cost,
            ModelMatched = ModelNames.Find(record, context.Prices),
        };
    }

    private static CallOutcome OutcomeOf(ResultKind kind, MessageDraft document) => kind switch
    {
        ResultKind.Succeeded when string.Equals(document[Field.StopReason], Refusal, StringComparison.Ordinal) => CallOutcome.Refused,
        ResultKind.Succeeded => CallOutcome.Success,
        ResultKind.Canceled => CallOutcome.Canceled,
        _ => CallOutcome.Error,
    };

    private static string? ErrorOf(ResultLine line) => line.Kind switch
    {
        ResultKind.Errored => line.Document[Field.ErrorType] ?? line.BareErrorType,
        ResultKind.Expired => Expired,
        _ => null,
    };
}
