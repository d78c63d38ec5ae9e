using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Texts;

public sealed class AuthorWordsTests
{
    [Fact]
    public void The_text_speaks_of_the_product() => Expect.None(RepositoryTree.TextFiles
        .Where(file => !file.Name.StartsWith("AuthorWords", StringComparison.Ordinal))
        .SelectMany(AuthorWords.Check));

    [Theory]
    [InlineData("Claude Code writes transcripts; the ledger reads them.")]
    [InlineData("a call to Claude's Messages API, written by an application")]
    public void The_product_may_be_named(string line) => Assert.Empty(AuthorWords.Check(new TextFile("a.md", line)));

    [Theory]
    [InlineData("Co-Authored-By: somebody")]
    [InlineData("This file was generated with Claude")]
    [InlineData("an AI-generated summary")]
    [InlineData("suggested by Copilot")]
    public void Words_about_the_author_are_found(string line) =>
        Expect.One(AuthorWords.Check(new TextFile("a.md", line)), 1, "who or what wrote");
}
