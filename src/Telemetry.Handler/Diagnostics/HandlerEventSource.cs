using System.Data.Common;
using System.Diagnostics.Tracing;
using CostLedger.Storage;

namespace Telemetry.Handler.Diagnostics;

/// <summary>
/// What the handler says about itself: <c>dotnet-trace --providers Telemetry-Handler</c>, or an <see cref="EventListener"/>.
/// The numbers are a contract. No event holds anything of a prompt, an answer or a header.
/// </summary>
[EventSource(Name = SourceName)]
internal sealed class HandlerEventSource : EventSource
{
    public const string SourceName = "Telemetry-Handler";

    public const int FailedId = 1;
    public const int LedgerSpooledId = 2;
    public const int LedgerLostId = 3;
    public const int ModelUnpricedId = 4;
    public const int DuplicateInstrumentationId = 5;
    public const int RequestNotReadId = 6;
    public const int LabelsCutId = 7;
    public const int LedgerUnavailableId = 8;
    public const int PricesRejectedId = 9;
    public const int ResultsLeftOutId = 20;

    public const int KeyIsNewId = 21;
    public const int AnswerNotDrainedId = 15;

    private const int MaxModels = 1_000;
    private const int MaxOuters = 16;

    private readonly FirstTimes _unpriced = new(MaxModels);
    private readonly FirstTimes _outers = new(MaxOuters);

    private HandlerEventSource()
    {
    }

    public static HandlerEventSource Log { get; } = new();

    /// <summary>Our own work failed; the call went on.</summary>
    [NonEvent]
    public void Failed(string place, Exception error)
    {
        if (IsEnabled(EventLevel.Error, EventKeywords.None))
        {
            OwnWorkFailed(place, Describe(error), error.StackTrace ?? string.Empty);
        }
    }

    [Event(FailedId, Level = EventLevel.Error, Message = "{0} failed: {1}")]
    private void OwnWorkFailed(string place, string error, string stack) => WriteEvent(FailedId, place, error, stack);

    /// <summary>A record went to the spool file beside the ledger.</summary>
    [Event(LedgerSpooledId, Level = EventLevel.Warning, Message = "The record of call {0} waits in the spool.")]
    public void LedgerSpooled(string callId) => WriteEvent(LedgerSpooledId, callId);

    /// <summary>A record could be written nowhere.</summary>
    [Event(LedgerLostId, Level = EventLevel.Error, Message = "The record of call {0} is lost: neither ledger nor spool can be written.")]
    public void LedgerLost(string callId) => WriteEvent(LedgerLostId, callId);

    /// <summary>A model has no price. Said once a model.</summary>
    [NonEvent]
    public void ModelUnpriced(string model, string provider)
    {
        if (IsEnabled(EventLevel.Warning, EventKeywords.None) && _unpriced.IsFirst(model))
        {
            ModelHasNoPrice(model, provider);
        }
    }

    [Event(ModelUnpricedId, Level = EventLevel.Warning, Message = "No price is known for {0} ({1}); its calls have no cost in the ledger. If that is a deployment or profile of your own, name its model in MessagesTelemetryOptions.ModelAliases; a new model needs a newer price list.")]
    private void ModelHasNoPrice(string model, string provider) => WriteEvent(ModelUnpricedId, model, provider);

    /// <summary>Something else observes the same calls. Said once for each.</summary>
    [NonEvent]
    public void DuplicateInstrumentation(string outer)
    {
        if (IsEnabled(EventLevel.Informational, EventKeywords.None) && _outers.IsFirst(outer))
        {
            ObservedTwice(outer);
        }
    }

    [Event(DuplicateInstrumentationId, Level = EventLevel.Informational, Message = "{0} observes the same calls; nothing is counted twice.")]
    private void ObservedTwice(string outer) => WriteEvent(DuplicateInstrumentationId, outer);

    /// <summary>A request's body was sent as it is, but not read for the record.</summary>
    [Event(RequestNotReadId, Level = EventLevel.Informational, Message = "A request body was not read: {0} ({1} bytes; -1: unknown).")]
    public void RequestNotRead(string fault, long bytes) => WriteEvent(RequestNotReadId, fault, bytes);

    /// <summary>Labels were beyond their bounds and were cut.</summary>
    [Event(LabelsCutId, Level = EventLevel.Warning, Message = "Labels of a call were cut: {0}.")]
    public void LabelsCut(string fault) => WriteEvent(LabelsCutId, fault);

    /// <summary>The ledger cannot be opened; calls go on without records.</summary>
    [Event(LedgerUnavailableId, Level = EventLevel.Error, Message = "The ledger cannot be opened: {0}")]
    public void LedgerUnavailable(string reason) => WriteEvent(LedgerUnavailableId, reason);

    /// <summary>A price file was refused as a whole.</summary>
    [Event(PricesRejectedId, Level = EventLevel.Error, Message = "The price file was refused: {0}")]
    public void PricesRejected(string reason) => WriteEvent(PricesRejectedId, reason);

    /// <summary>An answer that its caller left was not read to its end.</summary>
    [Event(AnswerNotDrainedId, Level = EventLevel.Informational, Message = "An abandoned answer was not read to its end: {0}, after {1} bytes.")]
    public void AnswerNotDrained(string end, long bytes) => WriteEvent(AnswerNotDrainedId, end, bytes);

    /// <summary>Lines of a batch's results have no record.</summary>
    [Event(ResultsLeftOutId, Level = EventLevel.Warning, Message = "Of the results of batch {0}, {1} lines are no results and {2} repeat a custom_id; they have no record.")]
    public void ResultsLeftOut(string batchId, long malformed, long repeated) => WriteEvent(ResultsLeftOutId, batchId, malformed, repeated);

    /// <summary>The key beside a ledger is not the one that its hashes were made with.</summary>
    [Event(KeyIsNewId, Level = EventLevel.Warning, Message = "The key beside the ledger {0} was missing and is new: prompts and sessions until {1} cannot be compared with later ones.")]
    public void KeyIsNew(string path, string until) => WriteEvent(KeyIsNewId, path, until);

    // Messages of most exceptions can quote what was parsed. Those of files and the database name paths and causes only.
    private static string Describe(Exception error) => error is IOException or UnauthorizedAccessException or DbException or LedgerException
        ? $"{error.GetType().FullName}: {error.Message}"
        : error.GetType().FullName ?? nameof(Exception);
}
