namespace CostReport.Cli.Charts;

/// <summary>Round numbers for an axis.</summary>
internal static class Ticks
{
    private static readonly decimal[] Steps = [1, 2, 2.5m, 5, 10];

    /// <summary>Ticks from zero to the first round number that is not less than <paramref name="greatest"/>.</summary>
    /// <param name="greatest">The greatest value.</param>
    /// <param name="most">About how many ticks above zero there is space for.</param>
    /// <returns>The ticks; 0 and 1 where there is nothing to show.</returns>
    public static IReadOnlyList<long> Upto(decimal greatest, int most)
    {
        if (greatest <= 0)
        {
            return [0, 1];
        }

        var step = Step(greatest / most);
        var ticks = new List<long> { 0 };
        while (ticks[^1] < greatest && step <= long.MaxValue - ticks[^1])
        {
            ticks.Add(ticks[^1] + step);
        }

        return ticks;
    }

    // The smallest of 1, 2, 2.5 and 5 times a power of ten that is not less than the wish, in whole units.
    private static long Step(decimal wish)
    {
        var power = 1m;
        while (power * 10 <= wish)
        {
            power *= 10;
        }

        var step = Steps.Select(s => s * power).First(s => s >= Math.Min(wish, power * 10) && (s == decimal.Truncate(s)));
        return (long)Math.Min(step, long.MaxValue);
    }
}
