using CostLedger.Querying.Reading;
using CostLedger.Storage;

namespace CostLedger.Querying.Traffic;

/// <summary>A ledger's calls, to be played again under another assumption.</summary>
public static class TrafficQuestions
{
    /// <summary>
    /// The calls that a filter chooses, and those that may have shared a prompt cache with them: all of the period and of a time
    /// before it, whatever their model, session or tags.
    /// </summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which calls are chosen.</param>
    /// <param name="before">How long before the period others may have filled the cache; null: only the calls that are chosen.</param>
    /// <returns>The calls, read as they are enumerated. The tree of prompts is in memory: about 30 bytes for each block.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none; thrown by the enumeration.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read; of the calls thrown by the enumeration.</exception>
    public static LedgerTraffic Traffic(this LedgerReader reader, CallFilter filter, TimeSpan? before)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        var tree = before is null ? PromptTree.Empty : Read(reader);
        return new LedgerTraffic(tree, Enumerate(reader.Path, filter, before, tree));
    }

    private static PromptTree Read(LedgerReader reader)
    {
        using var snapshot = reader.Connection.BeginSnapshot();
        return PromptTreeReader.Read(reader.Connection);
    }

    // A connection of its own, so that other questions can be asked between two calls.
    private static IEnumerable<TrafficCall> Enumerate(string path, CallFilter filter, TimeSpan? before, PromptTree tree)
    {
        using var connection = LedgerConnection.OpenForReading(path);
        using var snapshot = connection.BeginSnapshot();
        using var rows = new TrafficReader(connection, tree);
        var chosen = FilterCompiler.Compile(connection, filter);
        foreach (var call in before is { } lead ? rows.ReadAll(chosen, StartOf(filter, lead)) : rows.Read(chosen))
        {
            yield return call;
        }
    }

    private static Records.CallId StartOf(CallFilter filter, TimeSpan lead) => filter.Since is { } since && since > DateTimeOffset.MinValue + lead
        ? FilterCompiler.RangeOf(filter with { Since = since - lead }).Low
        : default;
}
