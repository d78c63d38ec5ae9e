using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Code;

public sealed class LeftoversTests
{
    [Fact]
    public void Nothing_is_left_over() => Expect.None(RepositoryTree.CodeFiles.SelectMany(Leftovers.Check));

    [Theory]
    [InlineData("// Why it is so: a reader waits; a writer does not.")]
    [InlineData("// The end of the answer, which may never come;")]
    [InlineData("/// <summary>var x = 1;</summary>")]
    [InlineData("// TODO https://example.org/issues/7 says when.")]
    [InlineData("var s = \"// TODO\";")]
    public void Prose_is_no_leftover(string line) => Assert.Empty(Check(line));

    [Theory]
    [InlineData("// TODO later")]
    [InlineData("/* FIXME: wrong */")]
    [InlineData("// HACK around it")]
    public void A_marker_without_a_link_is_found(string line) => Expect.One(Check(line), 1, "without a link");

    [Theory]
    [InlineData("// var x = Compute(1);")]
    [InlineData("//ledger.Write(record);")]
    [InlineData("// if (a > b) {")]
    [InlineData("// }")]
    [InlineData("/* return x; */")]
    public void Code_asleep_is_found(string line) => Expect.One(Check(line), 1, "code in a comment");

    private static IEnumerable<Finding> Check(string line) => Leftovers.Check(new CodeFile("src/CostLedger/A.cs", line + "\n"));
}
