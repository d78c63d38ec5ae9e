using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Help;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Help;

public sealed class HelpTextTests
{
    public static TheoryData<string> Commands => [.. CommandCatalog.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_is_as_approved_and_80_columns_wide(string name)
    {
        var output = new TestProgram(new FakeLedger([])).Output([.. name.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Approval.Verify(output, $"help{(name.Length == 0 ? "" : "-")}{name.Replace(' ', '-')}.txt");
    }

    [Fact]
    public void Help_of_a_command_without_its_argument_is_shown()
    {
        var output = new TestProgram(new FakeLedger([])).Output("calls", "show", "-h");

        Assert.StartsWith("Show one call", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_but_groups_has_an_example()
    {
        Assert.All(CommandCatalog.All.Where(c => !c.IsGroup), c => Assert.NotEmpty(c.Examples));
    }

    [Fact]
    public void Version_is_one_line()
    {
        Assert.Equal("costreport 1.2.3\n", new TestProgram(new FakeLedger([])).Output("--version"));
    }

    [Fact]
    public void The_documentation_holds_the_same_text()
    {
        var path = Path.Combine(Approval.Repository(), "docs", "costreport.md");
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var (begin, end) = ("<!-- help: generated -->\n", "<!-- end of help -->\n");
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, "docs/costreport.md has no place for the help");

        var expected = new StringBuilder(text[..from]).Append(begin);
        foreach (var command in CommandCatalog.All)
        {
            expected.Append($"\n### {command.FullName}\n\n```text\n{HelpText.Of(command)}```\n");
        }

        Approval.VerifyFile(expected.Append('\n').Append(text[to..]).ToString(), path);
    }
}
