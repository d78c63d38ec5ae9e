using CostLedger.Storage;

namespace CostLedger.Querying.Overviews;

/// <summary>Many questions at once.</summary>
public static class OverviewQuestions
{
    private const int MostListed = 1000;

    /// <summary>Answers several questions about the same attempts while it goes through them once.</summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="question">What to tell.</param>
    /// <returns>The answers.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none, or a tag to group by has no key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than none or more than 1,000 of the dearest or slowest attempts are asked for.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static Overview Overview(this LedgerReader reader, OverviewQuestion question)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(question);
        return question is { Dearest: < 0 or > MostListed } or { Slowest: < 0 or > MostListed }
            ? throw new ArgumentOutOfRangeException(nameof(question), question, $"Between 0 and {MostListed} of the dearest or slowest attempts can be listed.")
            : new OverviewQuery(question).Run(reader.Connection);
    }
}
