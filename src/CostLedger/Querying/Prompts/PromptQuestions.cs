using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Storage;

namespace CostLedger.Querying.Prompts;

/// <summary>What calls asked for, block by block, and how well it was estimated.</summary>
public static class PromptQuestions
{
    private const int CallsAtOnce = 256;

    /// <summary>The prompt of a call.</summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="call">The call.</param>
    /// <returns>The prompt; null when the ledger has none of this call.</returns>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static StoredPrompt? Prompt(this LedgerReader reader, CallId call)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using var snapshot = reader.Connection.BeginSnapshot();
        if (CallRows.Read(reader.Connection, [call]) is not [{ Prompt: { } path }])
        {
            return null;
        }

        using var nodes = new NodeReader(reader.Connection);
        return new StoredPrompt(path, nodes.ReadPath(call, path.Depth));
    }

    /// <summary>The calls whose prompts begin with the same message, oldest first: the turns of a conversation and its branches.</summary>
    /// <remarks>Every enumeration reads anew. End or dispose it: until then the ledger's log cannot shrink.</remarks>
    /// <param name="reader">The ledger.</param>
    /// <param name="thread">The thread's key, as in <see cref="Records.Prompts.PromptPath.Thread"/>.</param>
    /// <returns>The calls, read as they are enumerated.</returns>
    /// <exception cref="LedgerException">The ledger cannot be read; thrown by the enumeration.</exception>
    public static IEnumerable<CallRecord> ThreadCalls(this LedgerReader reader, UInt128 thread)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return EnumerateThread(reader.Path, thread);
    }

    /// <summary>The last calls that have a prompt, with their prompts.</summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="since">Only calls that began at this time or later.</param>
    /// <param name="atMost">At most so many, the last ones.</param>
    /// <param name="thread">Only calls of this thread, as in <see cref="Records.Prompts.PromptPath.Thread"/>; null: of all.</param>
    /// <returns>The calls, oldest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static IReadOnlyList<PromptedCall> LastPrompts(this LedgerReader reader, DateTimeOffset since, int atMost, UInt128? thread = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(atMost);
        using var snapshot = reader.Connection.BeginSnapshot();
        using var nodes = new NodeReader(reader.Connection);
        var ids = NodeReader.ReadLast(reader.Connection, CallId.FirstAt(since), atMost, thread);
        var calls = new List<PromptedCall>(ids.Count);
        foreach (var record in CallRows.Read(reader.Connection, ids))
        {
            if (record.Prompt is { } path)
            {
                calls.Add(new PromptedCall(record, new StoredPrompt(path, nodes.ReadPath(record.Id, path.Depth))));
            }
        }

        return calls;
    }

    /// <summary>What was estimated of calls that the provider then counted: by model, and by time within a model.</summary>
    /// <remarks>Calls to whose prompt the provider's own tools added are left out. Every enumeration reads anew; end or dispose it.</remarks>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which calls.</param>
    /// <returns>The calls, read as they are enumerated.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none; thrown by the enumeration.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read; thrown by the enumeration.</exception>
    public static IEnumerable<EstimatedCall> Estimates(this LedgerReader reader, CallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        return EnumerateEstimates(reader.Path, filter);
    }

    /// <summary>The last estimates of every model that the provider then counted. Reads only these, however large the ledger is.</summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="perModel">At most so many of each model.</param>
    /// <returns>By model, and by time within a model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static IReadOnlyList<EstimatedCall> LastEstimates(this LedgerReader reader, int perModel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(perModel);
        using var snapshot = reader.Connection.BeginSnapshot();
        using var estimates = new EstimateReader(reader.Connection);
        return estimates.ReadLast(perModel);
    }

    private static IEnumerable<CallRecord> EnumerateThread(string path, UInt128 thread)
    {
        using var connection = LedgerConnection.OpenForReading(path);
        using var snapshot = connection.BeginSnapshot();
        foreach (var ids in NodeReader.ReadThread(connection, thread).Chunk(CallsAtOnce))
        {
            foreach (var record in CallRows.Read(connection, ids))
            {
                yield return record;
            }
        }
    }

    private static IEnumerable<EstimatedCall> EnumerateEstimates(string path, CallFilter filter)
    {
        using var connection = LedgerConnection.OpenForReading(path);
        using var snapshot = connection.BeginSnapshot();
        using var estimates = new EstimateReader(connection);
        foreach (var call in estimates.Read(FilterCompiler.Compile(connection, filter)))
        {
            yield return call;
        }
    }
}
