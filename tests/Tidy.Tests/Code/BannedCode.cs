using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>What the analyzers let through and the products do without.</summary>
internal static class BannedCode
{
    private const string Deadlock =
        "GetAwaiter().GetResult(): it can deadlock; await, ask IsCompletedSuccessfully first, or say in a comment above why it cannot.";

    public static IEnumerable<Finding> Check(CodeFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes(descendIntoTrivia: true))
        {
            var advice = node is MemberAccessExpressionSyntax access && Blocks(access) && !IsExplained(access) ? Deadlock : Advise(node);
            if (advice is not null)
            {
                yield return file.At(file.LineOf(node), advice);
            }
        }
    }

    private static string? Advise(SyntaxNode node) => node switch
    {
        RegionDirectiveTriviaSyntax => "#region: a file that needs regions needs to be two files.",
        IdentifierNameSyntax { Identifier.Text: "dynamic" } => "dynamic: name the type.",
        MethodDeclarationSyntax method when IsAsyncVoid(method) => "async void: its exception ends the process; return a Task.",
        MemberAccessExpressionSyntax access => Advise(access),
        _ => null,
    };

    private static string? Advise(MemberAccessExpressionSyntax access) => access.ToString() switch
    {
        "Environment.TickCount" or "Environment.TickCount64" => "Environment.TickCount: ask the TimeProvider.",
        "CultureInfo.CurrentCulture" => "CultureInfo.CurrentCulture: figures and keys are invariant.",
        "Random.Shared" => "Random.Shared: inject a Func<double>.",
        var text when text.StartsWith("Unsafe.", StringComparison.Ordinal) => "Unsafe: spans are fast enough.",
        _ => null,
    };

    private static bool Blocks(MemberAccessExpressionSyntax access) =>
        access.ToString().EndsWith(".GetAwaiter().GetResult", StringComparison.Ordinal);

    private static bool IsExplained(SyntaxNode access) =>
        (access.FirstAncestorOrSelf<StatementSyntax>()?.GetLeadingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)) ?? false)
        || (access.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>()?.ToString().Contains("IsCompletedSuccessfully", StringComparison.Ordinal) ?? false);

    private static bool IsAsyncVoid(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() is "void";
}
