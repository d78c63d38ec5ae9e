using CostLedger.Storage;

namespace CostLedger.Querying.Tools;

/// <summary>What tools take.</summary>
public static class ToolQuestions
{
    /// <summary>Sums tools' rounds and definitions, by the tool's name, and lists loops.</summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which calls: a round counts where the call is chosen that brought its result.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static ToolReport Tools(this LedgerReader reader, CallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        return ToolQuery.Run(reader.Connection, filter);
    }
}
