using System.Text.RegularExpressions;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Texts;

/// <summary>The text speaks of the product, never of how or with what it was written.</summary>
internal static partial class AuthorWords
{
    public static IEnumerable<Finding> Check(TextFile file)
    {
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var match = Words().Match(file.Lines[i]);
            if (match.Success)
            {
                yield return file.At(i + 1, $"'{match.Value}' speaks of who or what wrote the text: say what the reader needs instead.");
            }
        }
    }

    [GeneratedRegex(
        @"\b(co-?authored[- ]by|copilot|chatgpt|ai[- ](generated|written|assisted)|llm[- ](generated|written)|as an ai\b|"
        + @"(generated|written|produced|created) (by|with) (an? )?(ai|llm|claude|gpt|assistant|coding agent)|this pull request was)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
