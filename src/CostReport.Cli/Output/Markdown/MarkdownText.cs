using System.Text;
using CostReport.Cli.Arguments;

namespace CostReport.Cli.Output.Markdown;

/// <summary>Text in Markdown that is read as it is: no markup, no name that is notified.</summary>
internal static class MarkdownText
{
    private const string Special = @"\`*_{}[]<>#|~&!";

    // GitHub looks for names to notify after it has read escapes of any kind: only something between keeps them apart.
    private const string AtNobody = "@&#8203;";

    /// <summary>The text, escaped.</summary>
    public static string Of(string text)
    {
        var clean = SafeText.Clean(text);
        var escaped = new StringBuilder(clean.Length + 8);
        for (var i = 0; i < clean.Length; i++)
        {
            var isBehindLetter = i > 0 && char.IsLetterOrDigit(clean[i - 1]);
            var isBeforeLetter = i + 1 < clean.Length && char.IsLetterOrDigit(clean[i + 1]);
            if (clean[i] == '@' && isBeforeLetter && !isBehindLetter)
            {
                escaped.Append(AtNobody);
                continue;
            }

            // An underscore inside a word is only an underscore.
            var isInWord = clean[i] == '_' && isBehindLetter && isBeforeLetter;
            escaped.Append(Special.Contains(clean[i], StringComparison.Ordinal) && !isInWord ? "\\" : "").Append(clean[i]);
        }

        return escaped.ToString();
    }
}
