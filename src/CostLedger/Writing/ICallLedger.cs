using CostLedger.Records;

namespace CostLedger.Writing;

/// <summary>Where records go. An implementation never throws from these members and never blocks a caller beyond its bound.</summary>
public interface ICallLedger
{
    /// <summary>Notes that a call is in flight, so that it is visible as interrupted should the process die. Microseconds.</summary>
    /// <param name="started">What is known at the start.</param>
    /// <returns>The ticket to give back with the finished record.</returns>
    CallTicket Begin(CallRecord started);

    /// <summary>Replaces what <see cref="Begin"/> noted, for example when the input's size becomes known.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="soFar">What is known by now.</param>
    void Update(CallTicket ticket, CallRecord soFar);

    /// <summary>Stores a finished record and removes the in-flight note; completes when the record is durable. A record with a
    /// stored key replaces the stored one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="ticket">The ticket of <see cref="Begin"/>.</param>
    /// <returns>Where the record is.</returns>
    ValueTask<WriteOutcome> WriteAsync(CallRecord record, CallTicket ticket);

    /// <summary>The same for callers that cannot await: blocks until the record is durable, within the bound.</summary>
    /// <param name="record">The record.</param>
    /// <param name="ticket">The ticket of <see cref="Begin"/>.</param>
    /// <returns>Where the record is.</returns>
    WriteOutcome Write(CallRecord record, CallTicket ticket);

    /// <summary>Begins to store many finished records without a wait for each.</summary>
    /// <returns>Where to hand them in.</returns>
    IBulkWriter BeginBulk();
}
