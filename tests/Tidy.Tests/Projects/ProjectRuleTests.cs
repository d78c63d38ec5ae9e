using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Projects;

public sealed class ProjectRuleTests
{
    private static readonly List<TextFile> s_projects =
        [.. RepositoryTree.TextFiles.Where(file => file.Name.EndsWith(".csproj", StringComparison.Ordinal))];

    [Fact]
    public void References_go_one_way() => Expect.None(s_projects.SelectMany(ProjectRule.CheckReferences));

    [Fact]
    public void Versions_are_stated_in_one_place() => Expect.None(s_projects.SelectMany(ProjectRule.CheckVersions));

    [Fact]
    public void Every_project_is_in_the_solution() =>
        Expect.None(ProjectRule.CheckSolution(RepositoryTree.Read("telemetry.sln"), s_projects));

    [Fact]
    public void Every_project_is_locked() => Expect.None(ProjectRule.CheckLocks(s_projects, RepositoryTree.Paths));

    [Theory]
    [InlineData("src/Telemetry.Handler", "../CostLedger/CostLedger.csproj")]
    [InlineData("src/CostReport.Cli", "../Telemetry.Handler/Telemetry.Handler.csproj")]
    [InlineData("tests/New.Tests", "../../src/CostLedger/CostLedger.csproj")]
    [InlineData("examples/New", "..\\..\\src\\CostLedger\\CostLedger.csproj")]
    public void A_reference_to_the_left_is_fine(string folder, string reference) => Assert.Empty(Check(folder, reference));

    [Theory]
    [InlineData("src/CostLedger", "../Telemetry.Handler/Telemetry.Handler.csproj")]
    [InlineData("src/Telemetry.Handler", "../CostReport.Cli/CostReport.Cli.csproj")]
    [InlineData("src/CostReport.Cli", "../../tests/MessagesSimulator/MessagesSimulator.csproj")]
    [InlineData("src/New", "../CostLedger/CostLedger.csproj")]
    [InlineData("tests/MessagesSimulator", "../../src/CostLedger/CostLedger.csproj")]
    public void Another_reference_is_found(string folder, string reference) => Expect.One(Check(folder, reference), 0, "may know only");

    [Fact]
    public void A_version_is_found() =>
        Expect.One(ProjectRule.CheckVersions(Made("src/New", "<PackageReference Include=\"A\" Version=\"1.0\" />")), 0, "version of A");

    [Fact]
    public void A_project_outside_the_solution_is_found()
    {
        var solution = new TextFile("telemetry.sln", "Project(\"{}\") = \"Old\", \"src\\Old\\Old.csproj\", \"{}\"\n");

        Expect.One(ProjectRule.CheckSolution(solution, [Made("src/Old", ""), Made("src/New", "")]), 0, "dotnet sln add src/New/New.csproj");
    }

    [Fact]
    public void An_unlocked_project_is_found() =>
        Expect.One(ProjectRule.CheckLocks([Made("src/Old", ""), Made("src/New", "")], ["src/Old/packages.lock.json"]), 0, "not locked");

    private static IEnumerable<Finding> Check(string folder, string reference) =>
        ProjectRule.CheckReferences(Made(folder, $"<ProjectReference Include=\"{reference}\" />"));

    private static TextFile Made(string folder, string item) =>
        new($"{folder}/{folder.Split('/')[1]}.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>\n");
}
