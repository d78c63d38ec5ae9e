using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Documents;

public sealed class RecordRuleTests
{
    private const string Record = "# Title\n\n## Status\n\n## Context\n\n## Decision\n\n## Consequences\n";

    [Fact]
    public void The_changelog_has_its_shape() => Expect.None(RecordRule.CheckChangelog(RepositoryTree.Read("CHANGELOG.md")));

    [Fact]
    public void Decisions_have_their_shape() =>
        Expect.None(RecordRule.CheckDecisions(RepositoryTree.TextFiles.Where(file => file.IsUnder("docs/decisions"))));

    [Fact]
    public void A_changelog_in_its_shape_is_fine() => Assert.Empty(RecordRule.CheckChangelog(new TextFile("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n### Added\n")));

    [Theory]
    [InlineData("# Changelog\n\n## [1.0.0]\n", 0, "Unreleased")]
    [InlineData("# Changelog\n\n## [Unreleased]\n\n### News\n", 5, "no kind of change")]
    public void A_changelog_out_of_shape_is_found(string text, int line, string advice) =>
        Expect.One(RecordRule.CheckChangelog(new TextFile("CHANGELOG.md", text)), line, advice);

    [Fact]
    public void Decisions_in_their_shape_are_fine() =>
        Assert.Empty(RecordRule.CheckDecisions([Made("0000-template.md"), Made("0001-one-way.md")]));

    [Fact]
    public void A_gap_between_decisions_is_found() =>
        Expect.One(RecordRule.CheckDecisions([Made("0000-template.md"), Made("0002-one-way.md")]), 0, "0001-");

    [Fact]
    public void A_decision_without_a_part_is_found() =>
        Expect.One(RecordRule.CheckDecisions([new TextFile("docs/decisions/0000-a.md", Record.Replace("## Context", "## Story", StringComparison.Ordinal))]), 0, "'Context'");

    private static TextFile Made(string name) => new("docs/decisions/" + name, Record);
}
