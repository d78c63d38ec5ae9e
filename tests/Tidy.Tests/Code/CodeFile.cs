using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>A C# file with its syntax.</summary>
/// <param name="path">The path from the repository's root.</param>
/// <param name="text">The text.</param>
internal sealed class CodeFile(string path, string text) : TextFile(path, text)
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private CompilationUnitSyntax? _syntax;

    public CompilationUnitSyntax Syntax =>
        _syntax ??= (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(Text, s_parse, Path).GetRoot();

    public bool IsTest => IsUnder("tests");

    /// <summary>Every type that is not inside another.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes => Syntax
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    /// <summary>Every comment that is not documentation.</summary>
    public IEnumerable<SyntaxTrivia> Comments => Syntax
        .DescendantTrivia(descendIntoTrivia: false)
        .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));

    public int LineOf(SyntaxNodeOrToken place) => place.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1;

    public int LineOfNode(SyntaxNode place) => LineOf(place);

    public int LineOf(SyntaxTrivia place) => place.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
