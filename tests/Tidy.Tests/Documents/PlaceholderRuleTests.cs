using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Documents;

public sealed class PlaceholderRuleTests
{
    [Fact]
    public void No_figure_is_still_to_come() => Expect.None(RepositoryTree.TextFiles
        .Where(file => !file.IsCSharp)
        .SelectMany(PlaceholderRule.Check));

    [Fact]
    public void Text_without_placeholders_is_fine() => Assert.Empty(PlaceholderRule.Check(new TextFile("a.md", "a @ b, @@ -1 +1 @@ and c@@d\n")));

    [Fact]
    public void A_placeholder_is_found() => Expect.One(PlaceholderRule.Check(new TextFile("a.md", "text\n| @@figure-one@@ |\n")), 2, "@@figure-one@@");
}
