using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Texts;

public sealed class OutsidePathsTests
{
    // The tests that need the recorded calls ask SharedData for them, which says when they are absent.
    [Fact]
    public void Nothing_names_a_place_outside() => Expect.None(RepositoryTree.TextFiles
        .Where(file => !file.IsUnder("tests/Testing") && !file.Name.StartsWith("OutsidePaths", StringComparison.Ordinal))
        .SelectMany(OutsidePaths.Check));

    [Theory]
    [InlineData("see docs/architecture.md and ../src/CostLedger")]
    [InlineData("POST https://example.org/work/v1/messages")]
    [InlineData("$HOME/work/file and ~/home/x")]
    public void A_path_inside_is_fine(string line) => Assert.Empty(OutsidePaths.Check(new TextFile("a.md", line)));

    [Theory]
    [InlineData("see ../shared/design.md")]
    [InlineData("cat /home/me/ledger.db")]
    [InlineData("var path = \"/work/main/x\";")]
    [InlineData(@"C:\Users\me\ledger.db")]
    public void A_path_outside_is_found(string line) =>
        Expect.One(OutsidePaths.Check(new TextFile("a.md", line)), 1, "outside the repository");

    [Fact]
    public void A_test_may_make_up_a_path() =>
        Assert.Empty(OutsidePaths.Check(new TextFile("tests/A.Tests/B.cs", "Show(\"/home/ada/ledger.db\");\n")));
}
