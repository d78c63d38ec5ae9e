using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>Every member does its work: only a stream may say that it cannot seek or write.</summary>
internal static class Stubs
{
    public static IEnumerable<Finding> Check(CodeFile file)
    {
        foreach (var made in file.Syntax.DescendantNodes().OfType<ObjectCreationExpressionSyntax>())
        {
            var type = made.Type.ToString().Split('.')[^1];
            if (type is "NotImplementedException" || (type is "NotSupportedException" && !IsInStream(made)))
            {
                yield return file.At(file.LineOf(made), $"{type}: write the member, or take it away.");
            }
        }
    }

    private static bool IsInStream(ObjectCreationExpressionSyntax made) => made
        .Ancestors()
        .OfType<TypeDeclarationSyntax>()
        .SelectMany(type => type.BaseList?.Types ?? [])
        .Any(parent => parent.Type.ToString().EndsWith("Stream", StringComparison.Ordinal));
}
