using System.Text.RegularExpressions;
using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Summaries;

/// <summary>The default screen over a real ledger, at every width, as a reader sees it.</summary>
public sealed class ApprovedSummaryTests(ApprovedSummaryTests.Written written) : IClassFixture<ApprovedSummaryTests.Written>
{
    // Where two sections stand side by side; one below the other they take half as much again.
    private const int LinesOfAScreen = 54;
    private const int LinesOfANarrowScreen = 72;

    public static TheoryData<string, string> Screens => new()
    {
        { "screen", "--since 7d" },
        { "screen-of-all", "--tz UTC" },
        { "screen-of-a-day", "--since 24h" },
        { "screen-of-a-model", "--since 7d --model claude-opus-5-5" },
        { "screen-none", "--since 2m" },
    };

    [Theory]
    [MemberData(nameof(Screens))]
    public void The_screen_fits_80_120_and_200_columns(string name, string line)
    {
        foreach (var width in new[] { 80, 120, 200 })
        {
            var (_, output, errors) = written.Ledger.Program(width).Run(line.Split(' '));

            Assert.Equal("", errors);
            Assert.All(output.Split('\n'), l => Assert.True(CellText.Width(l) <= width, $"{CellText.Width(l)} > {width}: {l}"));
            Assert.InRange(output.Split('\n').Length, 1, width >= 120 ? LinesOfAScreen : LinesOfANarrowScreen);
            Approval.Verify(output, $"table-{name}-{width}.txt");
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void Colour_changes_nothing_but_colour(int width)
    {
        var (_, colored, _) = written.Ledger.Program(width, hasColor: true).Run("--since", "7d");
        var (_, plain, _) = written.Ledger.Program(width).Run("--since", "7d");

        Assert.Equal(plain, Regex.Replace(colored, "\e\\[[0-9;]*m", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Approval.Verify(colored.Replace("\e", "<ESC>", StringComparison.Ordinal), $"color-screen-{width}.txt");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void Ascii_is_ascii(int width)
    {
        var (_, output, _) = written.Ledger.Program(width).Run("--since", "7d", "--ascii");

        Assert.All(output, c => Assert.InRange(c, '\n', '~'));
        Approval.Verify(output, $"ascii-screen-{width}.txt");
    }

    [Fact]
    public void A_file_has_every_column_one_section_below_the_other()
    {
        var (_, output, _) = written.Ledger.Program(Screen.Unlimited).Run("--since", "7d");

        Assert.DoesNotContain("No space for", output, StringComparison.Ordinal);
        Approval.Verify(output, "table-screen-unlimited.txt");
    }

    [Fact]
    public void Markdown_is_as_approved()
    {
        var (_, output, _) = written.Ledger.Program(hasColor: true).Run("--since", "7d", "--format", "markdown");

        Approval.Verify(output, "screen.md");
    }

    [Fact]
    public void The_screen_answers_what_one_asks_first()
    {
        var (_, output, _) = written.Ledger.Program(200).Run("--since", "7d");

        Assert.All(
            (string[])["against the 7 days before", "Speed ", "for half", "Failed ", "before", "read from it", "in 1", "session-0", "system_changed", "overloaded_error", "per day"],
            part => Assert.Contains(part, output, StringComparison.Ordinal));
    }

    public sealed class Written : IAsyncLifetime
    {
        internal WrittenLedger Ledger { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Ledger = await WrittenLedger.OfAsync([.. Sample.TwoWeeks(), .. SampleBreaks.All()]);

        public ValueTask DisposeAsync()
        {
            Ledger.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
