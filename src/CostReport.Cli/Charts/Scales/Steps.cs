namespace CostReport.Cli.Charts.Scales;

/// <summary>How far it is from one tick to the next.</summary>
internal static class Steps
{
    private const decimal Millisecond = 1000;
    private const decimal Second = 1000 * Millisecond;
    private const decimal Minute = 60 * Second;
    private const decimal Hour = 60 * Minute;
    private const decimal Day = 24 * Hour;

    private static readonly decimal[] s_clock =
    [
        10 * Second, 15 * Second, 30 * Second, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute,
        Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day,
    ];

    /// <summary>The least of 1, 2 and 5 times a power of ten that is not less than the wish; 1 at least.</summary>
    public static decimal Round(decimal wish)
    {
        var power = 1m;
        while (power * 10 <= wish)
        {
            power *= 10;
        }

        return wish <= power ? power : wish <= power * 2 ? power * 2 : wish <= power * 5 ? power * 5 : power * 10;
    }

    /// <summary>A step of time in microseconds: decimal below ten seconds and from a day on, as on a clock between.</summary>
    public static decimal Time(decimal wish)
    {
        if (wish <= 5 * Second)
        {
            return Round(wish);
        }

        return wish > Day ? Round(wish / Day) * Day : Array.Find(s_clock, step => step >= wish);
    }
}
