using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Code;

public sealed class BannedCodeTests
{
    [Fact]
    public void The_products_do_without_it() => Expect.None(RepositoryTree.SourceFiles.SelectMany(BannedCode.Check));

    [Theory]
    [InlineData("async Task Go() { await Wait(); }")]
    [InlineData("void Go() { var s = \"dynamic Random.Shared\"; }")]
    [InlineData("int Go() {\n// The reader has nothing to await with; the wait is bounded.\nreturn _task.GetAwaiter().GetResult(); }")]
    [InlineData("int Go() => _task.IsCompletedSuccessfully ? _task.GetAwaiter().GetResult() : 0;")]
    [InlineData("int Result => _clock.GetTimestamp();")]
    public void Other_code_is_fine(string member) => Assert.Empty(Check(member));

    [Theory]
    [InlineData("async void Go() { await Wait(); }", "async void")]
    [InlineData("dynamic Any { get; }", "dynamic")]
    [InlineData("long Now => Environment.TickCount64;", "TickCount")]
    [InlineData("double Chance() => Random.Shared.NextDouble();", "Random.Shared")]
    [InlineData("int Now => Task.GetAwaiter().GetResult();", "deadlock")]
    [InlineData("int Cast() => Unsafe.As<int>(this);", "Unsafe")]
    [InlineData("string Text => 1.ToString(CultureInfo.CurrentCulture);", "CurrentCulture")]
    public void Banned_code_is_found(string member, string advice) => Expect.One(Check(member), 1, advice);

    [Fact]
    public void A_region_is_found() => Expect.One(Check("\n#region Fields\n#endregion\n"), 2, "#region");

    private static IEnumerable<Finding> Check(string member) =>
        BannedCode.Check(new CodeFile("src/CostLedger/A.cs", $"class A {{ {member} }}\n"));
}
