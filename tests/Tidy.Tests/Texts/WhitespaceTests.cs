using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Texts;

public sealed class WhitespaceTests
{
    // Tools write the solution and the lock files, and have their own ideas; an approved text is what a program wrote.
    [Fact]
    public void Lines_end_where_their_text_ends() => Expect.None(RepositoryTree.TextFiles
        .Where(file => file.Name is not ("telemetry.sln" or "packages.lock.json" or "package-lock.json"))
        .Where(file => !file.Path.Contains("/Approved/", StringComparison.Ordinal))
        .SelectMany(Whitespace.Check));

    [Fact]
    public void Plain_lines_are_fine() => Assert.Empty(Whitespace.Check(new TextFile("a.md", "# A\n\ntext\n")));

    [Theory]
    [InlineData("one \ntwo\n", 1, "a space")]
    [InlineData("one\ntwo\t\n", 2, "a space")]
    [InlineData("one\r\ntwo\n", 1, "carriage return")]
    [InlineData("one\ntwo", 2, "no line feed")]
    public void Other_ends_are_found(string text, int line, string advice) =>
        Expect.One(Whitespace.Check(new TextFile("a.md", text)), line, advice);

    [Fact]
    public void A_tab_in_code_is_found() => Expect.One(Whitespace.Check(new TextFile("a.cs", "\tint x;\n")), 1, "a tab");

    [Fact]
    public void A_byte_order_mark_is_found() => Expect.One(Whitespace.Check(new TextFile("a.cs", "\uFEFFint x;\n")), 1, "byte order mark");
}
