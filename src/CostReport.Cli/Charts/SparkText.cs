namespace CostReport.Cli.Charts;

/// <summary>Draws a series in one line of characters.</summary>
internal static class SparkText
{
    private const string Eighths = "▁▂▃▄▅▆▇█";

    /// <summary>Draws the series; its greatest value is the highest mark. In ASCII, each mark has a look-alike of its own.</summary>
    /// <param name="values">The values; null for none, which leaves a gap.</param>
    /// <returns>A character for each value.</returns>
    public static string Of(IReadOnlyList<long?> values)
    {
        var greatest = values.Max() ?? 0;
        return string.Create(values.Count, (values, greatest), static (text, series) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = series.values[i] is { } value ? Eighths[Level(value, series.greatest)] : ' ';
            }
        });
    }

    /// <summary>What stands for a mark where only ASCII can be shown; null for what is no mark.</summary>
    public static char? Ascii(int mark) => mark switch
    {
        '▁' => '_',
        '▂' => '.',
        '▃' => '-',
        '▄' => ':',
        '▅' => '=',
        '▆' => '+',
        '▇' => '*',
        '█' => '#',
        _ => null,
    };

    // The lowest mark is for nothing alone.
    private static int Level(long value, long greatest) => value <= 0 || greatest <= 0
        ? 0
        : Math.Clamp((int)Math.Round((double)value / greatest * (Eighths.Length - 1)), 1, Eighths.Length - 1);
}
