using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>A test is a sentence, asserts something, and does not sleep.</summary>
internal static class TestManners
{
    private static readonly string[] s_askingNames = ["Assert", "Expect", "Require", "Verify", "Approv", "Check", "Throws", "Should"];

    public static IEnumerable<Finding> Check(CodeFile file)
    {
        foreach (var type in file.TopLevelTypes.OfType<TypeDeclarationSyntax>())
        {
            var methods = type.DescendantNodes().OfType<MethodDeclarationSyntax>().ToList();
            foreach (var test in methods.Where(IsTest))
            {
                if (!Asks(test, methods, []))
                {
                    yield return file.At(file.LineOf(test), $"{test.Identifier.Text} asserts nothing, so it cannot fail for what it names.");
                }

                if (!test.Identifier.Text.Contains('_', StringComparison.Ordinal))
                {
                    yield return file.At(file.LineOf(test), $"{test.Identifier.Text} is no sentence: name what is true when it passes, as Cache_reads_have_their_own_price.");
                }
            }
        }

        foreach (var finding in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(Sleeps))
        {
            yield return file.At(file.LineOf(finding), "a sleep: move a fake clock, or wait for a signal.");
        }
    }

    private static bool IsTest(MethodDeclarationSyntax method) => method.AttributeLists
        .SelectMany(list => list.Attributes)
        .Any(attribute => attribute.Name.ToString() is "Fact" or "Theory");

    // A test may ask through a method of its own class, which may ask through another.
    private static bool Asks(MethodDeclarationSyntax method, List<MethodDeclarationSyntax> all, HashSet<string> seen)
    {
        if (!seen.Add(method.Identifier.Text))
        {
            return false;
        }

        var names = method.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.Text).ToHashSet(StringComparer.Ordinal);
        return names.Any(name => s_askingNames.Any(asking => name.Contains(asking, StringComparison.Ordinal)))
            || all.Where(other => names.Contains(other.Identifier.Text)).Any(other => Asks(other, all, seen));
    }

    private static bool Sleeps(InvocationExpressionSyntax call) => call.Expression.ToString() switch
    {
        "Thread.Sleep" => true,
        "Task.Delay" => call.ArgumentList.Arguments.Count < 3 && !call.ArgumentList.ToString().Contains("Infinite", StringComparison.Ordinal)
            && !call.ArgumentList.ToString().Contains("time", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
