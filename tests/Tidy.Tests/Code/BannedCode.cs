using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>What the analyzers let through and the products do without.</summary>
internal static class BannedCode
{
    public static IEnumerable<Finding> Check(CodeFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes(descendIntoTrivia: true))
        {
            var advice = Advise(node);
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
        var text when text.EndsWith(".GetAwaiter().GetResult", StringComparison.Ordinal) => "GetAwaiter().GetResult(): it can deadlock; await, or give the method a synchronous twin.",
        _ => null,
    };

    private static bool IsAsyncVoid(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() is "void";
}
