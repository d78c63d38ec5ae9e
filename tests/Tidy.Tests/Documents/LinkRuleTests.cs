using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Documents;

public sealed class LinkRuleTests
{
    private static readonly HashSet<string> s_paths =
        [.. RepositoryTree.Paths, .. RepositoryTree.Paths.SelectMany(FoldersOf)];

    [Fact]
    public void Every_link_leads_somewhere() => Expect.None(RepositoryTree.TextFiles
        .Where(file => file.IsMarkdown)
        .SelectMany(file => LinkRule.Check(new MarkdownFile(file), s_paths.Contains, path => new MarkdownFile(RepositoryTree.Read(path)))));

    [Theory]
    [InlineData("[a](other.md) and ![b](../images/b.svg)")]
    [InlineData("[a](other.md#a-heading-with-code) [b](#here)")]
    [InlineData("[a](https://example.org/none) `[b](none.md)`")]
    [InlineData("[a](../README.md \"title\") [b](../images)")]
    public void A_link_that_leads_somewhere_is_fine(string text) => Assert.Empty(Check(text));

    [Theory]
    [InlineData("[a](none.md)", "mend the path")]
    [InlineData("![a](none.svg)", "mend the path")]
    [InlineData("[a](../../other.md)", "mend the path")]
    [InlineData("[a](other.md#none)", "a-heading-with-code")]
    [InlineData("[a](#none)", "here")]
    public void A_link_that_leads_nowhere_is_found(string text, string advice) => Expect.One(Check(text), 3, advice);

    [Fact]
    public void A_link_in_a_block_of_code_is_no_link() => Assert.Empty(Check("```\n[a](none.md)\n```"));

    private static IEnumerable<Finding> Check(string text)
    {
        var file = new MarkdownFile(new TextFile("docs/a.md", $"# Here\n\n{text}\n"));
        string[] paths = ["docs/a.md", "docs/other.md", "images/b.svg", "images", "README.md"];

        return LinkRule.Check(file, paths.Contains, path => new MarkdownFile(new TextFile(path, "## A heading, with `code`\n")));
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }
}
