using System.Globalization;

namespace CostReport.Cli.Arguments;

/// <summary>Finds what a mistyped word was probably meant to be.</summary>
internal static class Suggestion
{
    private const int LongestWord = 64;
    private const int ShortestBeginning = 2;
    private const int MostNames = 3;

    /// <summary>
    /// A part of an error line, for example <c> (did you mean '--since'?)</c>: the name that is near, else the few that begin so; nothing
    /// where there is none.
    /// </summary>
    /// <param name="word">What was written.</param>
    /// <param name="names">What there is.</param>
    /// <param name="isGenerous">Whether a name one letter further away is near too.</param>
    public static string For(string word, IEnumerable<string> names, bool isGenerous = false)
    {
        var all = names.ToList();
        var meant = Nearest(word, all, isGenerous) is { } nearest ? [nearest] : BeginningWith(word, all);
        return meant.Count == 0 ? "" : $" (did you mean {string.Join(" or ", meant.Select(name => $"'{name}'"))}?)";
    }

    /// <summary>The same for names that contain the word: the first few of them, and how many more there are.</summary>
    public static string Containing(string word, IEnumerable<string> names)
    {
        var containing = Bare(word).Length < ShortestBeginning ? [] : names.Where(name => Bare(name).Contains(Bare(word), StringComparison.Ordinal)).ToList();
        if (containing.Count == 0)
        {
            return "";
        }

        var first = string.Join(" or ", containing.Take(MostNames).Select(name => $"'{name}'"));
        var rest = containing.Count - MostNames;
        return $" (did you mean {first}{(rest > 0 ? string.Create(CultureInfo.InvariantCulture, $", or one of {rest} more") : "")}?)";
    }

    /// <summary>The nearest name, or null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> names, bool isGenerous = false)
    {
        if (word.Length > LongestWord)
        {
            return null;
        }

        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var name in names)
        {
            var distance = Distance(Bare(word), Bare(name));
            if (distance < bestDistance)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        var most = Math.Max(1, Bare(word).Length / 3) + (isGenerous ? 1 : 0);
        return bestDistance <= most && bestDistance < Bare(word).Length ? best : null;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    public static int Distance(string left, string right)
    {
        var rows = new int[3][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new int[right.Length + 1];
        }

        for (var j = 0; j <= right.Length; j++)
        {
            rows[0][j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var (row, above) = (rows[i % 3], rows[(i - 1) % 3]);
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], rows[(i - 2) % 3][j - 2] + 1);
                }
            }
        }

        return rows[left.Length % 3][right.Length];
    }

    private static List<string> BeginningWith(string word, List<string> names)
    {
        var longer = names.FindAll(name => Bare(name).StartsWith(Bare(word), StringComparison.Ordinal));
        return Bare(word).Length >= ShortestBeginning && longer.Count <= MostNames ? longer : [];
    }

    // Dashes and case are not what was mistaken.
    private static string Bare(string word) => word.TrimStart('-').ToUpperInvariant();
}
