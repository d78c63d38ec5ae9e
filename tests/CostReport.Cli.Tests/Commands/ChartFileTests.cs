using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Commands;

public sealed class ChartFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chart");

    [Theory]
    [InlineData("--since 7d")]
    [InlineData("--since 7d --by day --format json")]
    [InlineData("--since 7d --by day,model")]
    [InlineData("models --since 7d --format csv")]
    public void Any_usage_report_can_draw_it_and_it_is_the_same_picture(string line)
    {
        var path = Path.Combine(_folder.FullName, "cost.SVG");

        Program().Output([.. line.Split(' '), "--chart", path]);
        var again = Path.Combine(_folder.FullName, "again.svg");
        Program().Output("--since", "7d", "--chart", again);

        Assert.StartsWith("<svg ", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(again), File.ReadAllText(path));
    }

    [Theory]
    [InlineData("--by model", "Cost by model", "claude-opus-5-5")]
    [InlineData("--by provider,status", "Cost by provider and status", "anthropic · success")]
    [InlineData("--by session", "Cost by session", "Cost by session")]
    [InlineData("--by status,day", "Cost per day by status", "success")]
    [InlineData("--by week --since 14d", "Cost per week by model", "claude-opus-5-5")]
    [InlineData("--by month,provider", "Cost per month by provider", "anthropic")]
    [InlineData("--by hour,provider --since 7d", "Cost per hour by provider", "anthropic")]
    [InlineData("--by hour", "Cost per day by model", "claude-opus-5-5")]
    [InlineData("--by model --model nobody", "Cost by model", "No calls in this period.")]
    public void It_shows_what_was_asked_for(string line, string title, string name)
    {
        var path = Path.Combine(_folder.FullName, "by.svg");

        Program().Output([.. line.Split(' '), "--chart", path]);

        var picture = File.ReadAllText(path);
        Assert.Contains($"<title id=\"chart-title\">{title}</title>", picture, StringComparison.Ordinal);
        Assert.Contains($">{name}<", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_picture_is_replaced_and_nothing_is_left_beside_it()
    {
        var path = Path.Combine(_folder.FullName, "cost.svg");
        File.WriteAllText(path, "old");

        Program().Output("--chart", path);

        Assert.StartsWith("<svg ", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("missing-folder/cost.svg")]
    [InlineData("folder.svg")]
    public void A_place_that_cannot_be_written_is_one_line_with_nothing_half_done(string name)
    {
        _folder.CreateSubdirectory("folder.svg");

        var (code, output, errors) = Program().Run("--chart", Path.Combine(_folder.FullName, name));

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.StartsWith("costreport: --chart ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["folder.svg"], _folder.GetFileSystemInfos().Select(f => f.Name), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("context", "chart-context")]
    [InlineData("conversations", "chart-conversations")]
    [InlineData("sessions", "chart-sessions")]
    [InlineData("tools", "chart-tools")]
    [InlineData("errors", "chart-errors")]
    public async Task Other_reports_draw_what_they_tell(string command, string name)
    {
        var calls = command switch
        {
            "context" => SampleConversations.All(),
            "errors" => Sample.TwoWeeks(),
            _ => SampleDialogue.All(),
        };
        using var written = await WrittenLedger.OfAsync(calls);

        foreach (var (since, file) in new[] { ("30d", name), ("1m", $"{name}-nothing") })
        {
            var path = Path.Combine(_folder.FullName, $"{file}.svg");
            written.Program().Output(command, "--since", since, "--chart", path);
            Approval.Verify(File.ReadAllText(path), $"{file}.svg");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static TestProgram Program() => new(new FakeLedger(Sample.TwoWeeks()));
}
