using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>A method fits on a screen, asks few questions and takes few things.</summary>
internal static class MethodSize
{
    public const int MaxLines = 60;
    public const int MaxBranches = 12;
    public const int MaxParameters = 6;

    public static IEnumerable<Finding> Check(CodeFile file)
    {
        foreach (var method in file.Syntax.DescendantNodes().Where(IsMethod))
        {
            var line = LineAfterAttributes(method);
            var lines = method.GetLocation().GetLineSpan().EndLinePosition.Line + 2 - line;
            if (lines > MaxLines)
            {
                yield return file.At(line, $"a method of {lines} lines, and {MaxLines} is the limit: give its steps names.");
            }

            var branches = Branches(method);
            if (branches > MaxBranches)
            {
                yield return file.At(line, $"a method of {branches} ways through, and {MaxBranches} is the limit: take the questions apart, or make them a table.");
            }

            var parameters = Parameters(method);
            if (parameters > MaxParameters)
            {
                yield return file.At(line, $"{parameters} parameters, and {MaxParameters} is the limit: make them a record.");
            }
        }
    }

    /// <summary>
    /// One, and one more for every place where the way parts. The constant arms of a switch expression are a table, and
    /// a default after <c>??</c> is a value: they count nothing. A local function counts for itself.
    /// </summary>
    public static int Branches(SyntaxNode method) => 1 + method
        .DescendantNodes(node => node == method || node is not LocalFunctionStatementSyntax)
        .Count(IsBranch);

    // The data of a test stands in its attributes, and makes it no harder to read.
    private static int LineAfterAttributes(SyntaxNode method)
    {
        var first = method.ChildNodesAndTokens().First(part => !part.IsKind(SyntaxKind.AttributeList));
        return first.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1;
    }

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;

    // The parameters of a record are its properties, and those of an overridden or extern method were chosen elsewhere.
    private static int Parameters(SyntaxNode method) => method switch
    {
        BaseMethodDeclarationSyntax declared when declared.Modifiers.Any(SyntaxKind.OverrideKeyword) => 0,
        BaseMethodDeclarationSyntax declared => declared.ParameterList.Parameters.Count,
        LocalFunctionStatementSyntax local => local.ParameterList.Parameters.Count,
        _ => 0,
    };

    private static bool IsBranch(SyntaxNode node) => node switch
    {
        IfStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax => true,
        CommonForEachStatementSyntax or ConditionalExpressionSyntax or SwitchLabelSyntax => node is not DefaultSwitchLabelSyntax,
        CatchFilterClauseSyntax => true,
        SwitchExpressionArmSyntax arm => arm.WhenClause is not null || arm.Pattern is not (ConstantPatternSyntax or DiscardPatternSyntax or BinaryPatternSyntax),
        BinaryExpressionSyntax binary => binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression,
        _ => false,
    };
}
