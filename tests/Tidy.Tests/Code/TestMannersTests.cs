using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Code;

public sealed class TestMannersTests
{
    [Fact]
    public void Every_test_has_manners() => Expect.None(RepositoryTree.CodeFiles
        .Where(file => file.Path.Contains(".Tests/", StringComparison.Ordinal))
        .SelectMany(TestManners.Check));

    [Theory]
    [InlineData("[Fact] public void It_is() => Assert.True(true);")]
    [InlineData("[Fact] public void It_is() => Same(1); void Same(int a) => Inner(a); void Inner(int a) => Assert.Equal(1, a);")]
    [InlineData("[Fact] public async Task It_waits() { await Task.Delay(Timeout.Infinite, token); Assert.True(true); }")]
    [InlineData("[Fact] public async Task It_waits() { await Task.Delay(delay, clock, token); Assert.True(true); }")]
    public void A_test_that_asks_is_fine(string member) => Assert.Empty(Check(member));

    [Theory]
    [InlineData("[Fact] public void It_is() => Go();", "asserts nothing")]
    [InlineData("[Theory] [InlineData(1)] public void It_is(int a) => Go(a); void Go(int a) => Go(a);", "asserts nothing")]
    [InlineData("[Fact] public void Works() => Assert.True(true);", "no sentence")]
    [InlineData("void Wait() => Thread.Sleep(10);", "a sleep")]
    [InlineData("Task Wait() => Task.Delay(10, token);", "a sleep")]
    public void A_test_without_manners_is_found(string member, string advice) => Expect.One(Check(member), 1, advice);

    private static IEnumerable<Finding> Check(string member) =>
        TestManners.Check(new CodeFile("tests/CostLedger.Tests/ATests.cs", $"class ATests {{ {member} }}\n"));
}
