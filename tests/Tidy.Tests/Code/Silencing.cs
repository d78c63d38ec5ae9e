using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>A warning is mended; where that is wrong, it is silenced for a line or two, with the reason beside it.</summary>
internal static class Silencing
{
    public const int MaxLinesSilenced = 3;

    public static IEnumerable<Finding> Check(CodeFile file) => Pragmas(file).Concat(Attributes(file));

    private static IEnumerable<Finding> Pragmas(CodeFile file)
    {
        var pragmas = file.Syntax.DescendantNodes(descendIntoTrivia: true).OfType<PragmaWarningDirectiveTriviaSyntax>().ToList();
        foreach (var pragma in pragmas.Where(pragma => pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword)))
        {
            var line = file.LineOf(pragma);
            if (!pragma.ToFullString().Contains("//", StringComparison.Ordinal))
            {
                yield return file.At(line, "a warning silenced without a reason: say why in a comment on the same line.");
            }

            var restored = pragmas
                .Where(other => other.DisableOrRestoreKeyword.IsKind(SyntaxKind.RestoreKeyword) && file.LineOf(other) > line)
                .Select(file.LineOfNode)
                .FirstOrDefault(int.MaxValue);
            if (restored - line - 1 > MaxLinesSilenced)
            {
                yield return file.At(line, $"a warning silenced for more than {MaxLinesSilenced} lines: restore it right after the line that needs it.");
            }
        }
    }

    private static IEnumerable<Finding> Attributes(CodeFile file)
    {
        foreach (var attribute in file.Syntax.DescendantNodes().OfType<AttributeSyntax>())
        {
            if (attribute.Name.ToString().Contains("SuppressMessage", StringComparison.Ordinal)
                && !attribute.ToString().Contains("Justification", StringComparison.Ordinal))
            {
                yield return file.At(file.LineOf(attribute), "a warning silenced without a reason: add Justification = \"…\".");
            }
        }
    }
}
