using CostLedger.Querying.Summing;

namespace CostLedger.Querying.Caching.Scans;

/// <summary>What was expected to be read beside what was.</summary>
internal sealed class ForecastSums
{
    // What the diagnosis takes for a loss: less is what counting differs by.
    private const long FewTokens = 8;
    private const long PartOfExpected = 200;

    public long Calls { get; private set; }

    public long Right { get; private set; }

    public long More { get; private set; }

    public long Less { get; private set; }

    public long Expected { get; private set; }

    public long Actual { get; private set; }

    /// <summary>Adds a call.</summary>
    /// <param name="expected">The tokens that were expected to be read.</param>
    /// <param name="actual">Those that were.</param>
    public void Add(long expected, long actual)
    {
        Calls++;
        Expected = RowSums.Sum(Expected, expected);
        Actual = RowSums.Sum(Actual, actual);
        var difference = (Int128)actual - expected;
        if (Int128.Abs(difference) <= Math.Max(FewTokens, expected / PartOfExpected))
        {
            Right++;
        }
        else if (difference > 0)
        {
            More++;
        }
        else
        {
            Less++;
        }
    }

    /// <summary>Adds other sums.</summary>
    public void Add(ForecastSums other)
    {
        Calls += other.Calls;
        Right += other.Right;
        More += other.More;
        Less += other.Less;
        Expected = RowSums.Sum(Expected, other.Expected);
        Actual = RowSums.Sum(Actual, other.Actual);
    }
}
