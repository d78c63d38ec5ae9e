using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>One type in a file, in the namespace that its folder says.</summary>
internal static class TypePlace
{
    public static IEnumerable<Finding> Check(CodeFile file)
    {
        foreach (var type in file.TopLevelTypes.Skip(1))
        {
            yield return file.At(file.LineOf(type), "a second type in the file: give it a file of its own.");
        }

        var expected = NamespaceOf(file);
        foreach (var room in file.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        {
            if (!string.Equals(room.Name.ToString(), expected, StringComparison.Ordinal))
            {
                yield return file.At(file.LineOf(room), $"namespace {room.Name}, but the folder says {expected}: move the file or rename the namespace.");
            }
        }

        var homeless = file.TopLevelTypes.FirstOrDefault(type => type.Parent is CompilationUnitSyntax);
        if (homeless is not null)
        {
            yield return file.At(file.LineOf(homeless), $"a type without a namespace: begin the file with 'namespace {expected};'.");
        }
    }

    // The first folder (src, tests, bench, examples) holds the projects, whose folders bear the names of their root namespaces.
    private static string NamespaceOf(CodeFile file) => string.Join('.', file.Path.Split('/')[1..^1]);
}
