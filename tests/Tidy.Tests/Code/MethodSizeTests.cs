using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Code;

public sealed class MethodSizeTests
{
    [Fact]
    public void No_method_is_too_large() => Expect.None(RepositoryTree.CodeFiles.SelectMany(MethodSize.Check));

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public void A_line_more_than_the_limit_is_found(int lines, int findings)
    {
        var body = string.Concat(Enumerable.Repeat("Go();\n", lines - 2));
        var file = Made($"void Long() {{\n{body}}}");

        Assert.Equal(findings, MethodSize.Check(file).Count());
    }

    [Fact]
    public void The_data_of_a_test_counts_nothing() =>
        Assert.Empty(MethodSize.Check(Made(string.Concat(Enumerable.Repeat("[InlineData(1)]\n", 60)) + "void Ask(int a) { }")));

    [Fact]
    public void Too_many_parameters_are_found()
    {
        var file = Made("void Take(int a, int b, int c, int d, int e, int f, int g) { }");

        Expect.One(MethodSize.Check(file), 3, "7 parameters");
    }

    [Fact]
    public void Too_many_ways_are_found()
    {
        var file = Made($"void Ask(int a) {{ {string.Concat(Enumerable.Repeat("if (a > 1) { Go(); } ", 12))} }}");

        Expect.One(MethodSize.Check(file), 3, "13 ways");
    }

    [Theory]
    [InlineData("Go();", 1)]
    [InlineData("if (a && b || c) Go(); else Stop();", 4)]
    [InlineData("foreach (var x in a) while (x) Go();", 3)]
    [InlineData("switch (a) { case 1: Go(); break; case 2: Stop(); break; default: break; }", 3)]
    [InlineData("var x = a switch { 1 => 2, 2 or 3 => 4, _ => 6 };", 1)]
    [InlineData("var x = a switch { 1 when b => 2, > 5 => 4, _ => c ? d : e };", 4)]
    [InlineData("var x = a ?? b?.Length ?? 0;", 1)]
    [InlineData("try { Go(); } catch (E e) when (e.Is(1)) { Stop(); }", 2)]
    [InlineData("void Inner() { if (a) Go(); } Inner();", 1)]
    public void Ways_through_a_method_are_counted(string body, int ways)
    {
        var method = Made($"void Ask() {{ {body} }}").Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>().Single();

        Assert.Equal(ways, MethodSize.Branches(method));
    }

    private static CodeFile Made(string method) => new("src/CostLedger/Records/Made.cs", $"class Made\n{{\n{method}\n}}\n");
}
