using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Documents;

public sealed class ReadmeRuleTests
{
    private static readonly MarkdownFile s_readme = new(RepositoryTree.Read("README.md"));

    [Fact]
    public void The_readme_is_short() => Expect.None(ReadmeRule.CheckLength(s_readme));

    [Fact]
    public void The_commands_of_the_readme_are_those_of_ci() =>
        Expect.None(ReadmeRule.CheckCommands(s_readme, RepositoryTree.Read(".ci/run")));

    [Fact]
    public void The_figures_of_the_readme_say_how_they_were_measured() => Expect.None(ReadmeRule.CheckFigures(s_readme));

    [Fact]
    public void A_long_readme_is_found() =>
        Expect.One(ReadmeRule.CheckLength(Made(string.Concat(Enumerable.Repeat("text\n", 151)))), 0, "151 lines");

    [Theory]
    [InlineData("step 'tests' dotnet test")]
    [InlineData("  step 'tests' dotnet test || status=1")]
    public void A_command_that_ci_runs_is_fine(string step) =>
        Assert.Empty(ReadmeRule.CheckCommands(Made("```sh\ndotnet test   # all of it\n```\n"), new TextFile(".ci/run", step + "\n")));

    [Theory]
    [InlineData("step 'tests' dotnet test --no-build")]
    [InlineData("step 'tests' dotnet test \\")]
    [InlineData("# dotnet test")]
    [InlineData("dotnet build")]
    public void A_command_that_ci_does_not_run_is_found(string step) =>
        Expect.One(ReadmeRule.CheckCommands(Made("text\n```sh\ndotnet test\n```\n"), new TextFile(".ci/run", step + "\n")), 3, "'dotnet test' is not run");

    [Fact]
    public void Figures_with_their_measure_are_fine() =>
        Assert.Empty(ReadmeRule.CheckFigures(Made("## Promises and figures\n\n| a | 1 |\n\nMeasured on two cores by `dotnet run -c Release --project bench/A`.\n")));

    [Theory]
    [InlineData("## Promises and figures\n\n| a | 1 |\n", "how its figures were measured")]
    [InlineData("## Promises and figures\n\n| a | 1 |\n\n## Next\n\nMeasured by `dotnet run -c Release --project bench/A`.\n", "how its figures were measured")]
    [InlineData("# Title\n", "no section")]
    public void Figures_without_their_measure_are_found(string text, string advice) => Expect.One(ReadmeRule.CheckFigures(Made(text)), 0, advice);

    private static MarkdownFile Made(string text) => new(new TextFile("README.md", text));
}
