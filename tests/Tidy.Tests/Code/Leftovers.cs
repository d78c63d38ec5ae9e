using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>No marker of unfinished work without a link to it, and no code asleep in comments.</summary>
internal static partial class Leftovers
{
    public static IEnumerable<Finding> Check(CodeFile file)
    {
        foreach (var comment in file.Comments)
        {
            var text = comment.ToString();
            var marker = Marker().Match(text);
            if (marker.Success && !text.Contains("https://", StringComparison.Ordinal))
            {
                yield return file.At(file.LineOf(comment), $"{marker.Value} without a link: do it now, or link the issue that will.");
            }

            if (IsCode(text))
            {
                yield return file.At(file.LineOf(comment), "code in a comment: delete it; the history keeps it.");
            }
        }
    }

    // Prose does not end in a semicolon and parse as a statement; a brace alone is the rest of a block.
    private static bool IsCode(string comment)
    {
        var text = comment.TrimStart('/', '*', ' ').TrimEnd('/', '*', ' ');
        return text is "{" or "}"
            || (text.EndsWith(';') && Parses(text))
            || (text.EndsWith('{') && Parses(text + "}"));
    }

    private static bool Parses(string statement) =>
        !SyntaxFactory.ParseStatement(statement).GetDiagnostics().Any(fault => fault.Severity == DiagnosticSeverity.Error)
        && SyntaxFactory.ParseStatement(statement).FullSpan.Length == statement.Length;

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|UNDONE)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Marker();
}
