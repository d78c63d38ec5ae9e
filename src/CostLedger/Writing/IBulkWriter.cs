using CostLedger.Records;

namespace CostLedger.Writing;

/// <summary>Stores many records, such as the results of a batch. One caller at a time; the members never throw.</summary>
public interface IBulkWriter
{
    /// <summary>Hands in a record. Waits only when so many are on their way already that memory would grow, and never beyond the
    /// ledger's bound. A result of a batch that the ledger has already is not stored again.</summary>
    /// <param name="record">The record.</param>
    void Add(CallRecord record);

    /// <summary>Waits until all records are durable, within the bound; more can be added afterwards.</summary>
    /// <returns>Where they are; the worst where they are in several places.</returns>
    ValueTask<WriteOutcome> CompleteAsync();

    /// <summary>The same for callers that cannot await.</summary>
    /// <returns>Where they are.</returns>
    WriteOutcome Complete();
}
