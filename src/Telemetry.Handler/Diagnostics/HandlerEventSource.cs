using System.Diagnostics.Tracing;

namespace Telemetry.Handler.Diagnostics;

/// <summary>
/// Where the handler's own failures can be seen: event source <c>Telemetry-Handler</c>
/// (<c>dotnet-trace collect --providers Telemetry-Handler</c>). Text is made only when somebody listens.
/// </summary>
[EventSource(Name = "Telemetry-Handler")]
internal sealed class HandlerEventSource : EventSource
{
    public static readonly HandlerEventSource Log = new();

    private HandlerEventSource()
    {
    }

    [NonEvent]
    public void ObservationFailed(Exception exception)
    {
        if (IsEnabled(EventLevel.Error, EventKeywords.None))
        {
            ObservationFailed(exception.ToString());
        }
    }

    [Event(1, Level = EventLevel.Error, Message = "Observing a call failed; the call itself went on: {0}")]
    public void ObservationFailed(string exception) => WriteEvent(1, exception);

    [Event(2, Level = EventLevel.Error, Message = "The ledger could not be opened: {0}")]
    public void LedgerNotOpened(string reason) => WriteEvent(2, reason);

    [Event(3, Level = EventLevel.Warning, Message = "A record could not be committed in time and is in the spool beside the ledger: {0}")]
    public void RecordSpooled(string callId) => WriteEvent(3, callId);

    [Event(4, Level = EventLevel.Error, Message = "A record is lost: neither the ledger nor its spool could be written: {0}")]
    public void RecordLost(string callId) => WriteEvent(4, callId);

    [Event(5, Level = EventLevel.Warning, Message = "There is no price for model {0}; its calls are recorded without a cost. Add it to pricing.json.")]
    public void PriceMissing(string model) => WriteEvent(5, model);

    [Event(6, Level = EventLevel.Informational, Message = "A request body of {0} bytes was not looked into: larger than MaxRequestBytes, or only readable once.")]
    public void RequestNotRead(long bytes) => WriteEvent(6, bytes);
}
