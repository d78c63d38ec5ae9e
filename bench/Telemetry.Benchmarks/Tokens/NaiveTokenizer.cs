using System.Text;
using System.Text.RegularExpressions;
using Telemetry.Handler.Tokens.Vocabularies;

namespace Telemetry.Benchmarks.Tokens;

/// <summary>The baseline: the pattern as a generated regular expression, and a straightforward loop that merges the best pair.</summary>
internal sealed partial class NaiveTokenizer(string vocabulary, Regex pattern)
{
    private readonly VocabularyFile _file = VocabularyFile.Read(vocabulary);
    private readonly Dictionary<(int Left, int Right), int> _merges = Merges(VocabularyFile.Read(vocabulary));

    public static NaiveTokenizer Cl100k() => new("cl100k_base", Cl100kPattern());

    public static NaiveTokenizer O200k() => new("o200k_base", O200kPattern());

    public int Count(byte[] utf8)
    {
        var count = 0;
        var text = Encoding.UTF8.GetString(utf8);
        foreach (var match in pattern.EnumerateMatches(text))
        {
            count += CountPiece(Encoding.UTF8.GetBytes(text.Substring(match.Index, match.Length)));
        }

        return count;
    }

    private int CountPiece(byte[] piece)
    {
        var tokens = new List<int>(piece.Length);
        foreach (var value in piece)
        {
            tokens.Add(_file.Singles[value]);
        }

        while (true)
        {
            var (best, at) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < tokens.Count; i++)
            {
                if (_merges.TryGetValue((tokens[i], tokens[i + 1]), out var merged) && merged < best)
                {
                    (best, at) = (merged, i);
                }
            }

            if (at < 0)
            {
                return tokens.Count;
            }

            tokens[at] = best;
            tokens.RemoveAt(at + 1);
        }
    }

    private static Dictionary<(int Left, int Right), int> Merges(VocabularyFile file)
    {
        var merges = new Dictionary<(int Left, int Right), int>();
        for (var index = 0; index < file.Count; index++)
        {
            if (file.Left[index] >= 0)
            {
                merges.Add((file.Left[index], file.Right[index]), index);
            }
        }

        return merges;
    }

    [GeneratedRegex(
        @"'(?:[sdmtSDMTſ]|[lL][lL]|[vV][eE]|[rR][eE])|(?>(?:[^\r\n\p{L}\p{N}])?)(?>\p{L}+)|(?>\p{N}{1,3})|(?> ?[^\s\p{L}\p{N}]+[\r\n]*)|(?>\s+)\z|\s*[\r\n]|\s+(?!\S)|\s",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Cl100kPattern();

    [GeneratedRegex(
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?:'[sStTmMdDſ]|'[rR][eE]|'[vV][eE]|'[lL][lL])?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?:'[sStTmMdDſ]|'[rR][eE]|'[vV][eE]|'[lL][lL])?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex O200kPattern();
}
