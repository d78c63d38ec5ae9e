using System.Globalization;

namespace CostReport.Cli.Html.Tables;

/// <summary>Finds the number in a figure that was written for people, so that a column of such figures can be sorted.</summary>
internal static class SpokenNumber
{
    private static readonly (string Name, decimal Factor)[] s_units =
    [
        ("ms", 0.001m), ("min", 60), ("s", 1), ("h", 3600), ("days", 86_400), ("day", 86_400),
        ("bytes", 1), ("byte", 1), ("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024m * 1024 * 1024), ("%", 1),
    ];

    /// <summary>The number, in seconds or bytes where it has such a unit; empty where there is none.</summary>
    public static string Of(string text)
    {
        var sum = 0m;
        var found = false;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i].TrimStart('~', '<', '>', '=', '+').Replace("$", "", StringComparison.Ordinal);
            var factor = word.EndsWith('%') ? 1 : Unit(i + 1 < words.Length ? words[i + 1] : "");
            if (decimal.TryParse(word.TrimEnd('%'), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < long.MaxValue)
            {
                sum += number * factor;
                found = true;
            }
        }

        return found ? sum.ToString("0.############", CultureInfo.InvariantCulture) : "";
    }

    private static decimal Unit(string word)
    {
        foreach (var (name, factor) in s_units)
        {
            if (string.Equals(word, name, StringComparison.Ordinal))
            {
                return factor;
            }
        }

        return 1;
    }
}
