using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Output;

/// <summary>Every form of output, as a reader sees it.</summary>
public sealed class ApprovedOutputTests
{
    public static TheoryData<string, string> Reports => new()
    {
        { "summary", "--since 7d" },
        { "by-model", "--since 7d --by model" },
        { "by-day-and-model", "--since 3d --by day,model" },
        { "by-tag", "--by tag:team" },
        { "by-hour", "--since 24h --by hour" },
        { "models", "models --since 7d" },
        { "calls", "calls --last 8" },
        { "call", "calls show req_0025" },
        { "call-estimated", "calls show req_0062" },
        { "call-failed", "calls show req_0060" },
        { "doctor", "doctor" },
        { "prices", "prices list" },
        { "prices-of-model", "prices show claude-opus-5-5" },
        { "prices-check", "prices check" },
        { "reprice", "prices reprice" },
        { "reprice-dry-run", "prices reprice --dry-run" },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_120_and_200_columns_with_colour_and_without(string name, string line) =>
        new ApprovedForms((width, hasColor) => Program(new Screen(width, hasColor, Ascii: false))).VerifyTables(name, line);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line)
    {
        foreach (var (format, extension) in new[] { ("markdown", "md"), ("json", "json"), ("csv", "csv") })
        {
            var output = Run(new Screen(80, HasColor: true, Ascii: false), $"{line} --format {format}");

            Assert.DoesNotContain('\e', output);
            Approval.Verify(output, $"{name}.{extension}");
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Ascii_is_ascii(string name, string line)
    {
        var output = Run(new Screen(80, HasColor: false, Ascii: false), line + " --ascii");

        Assert.All(output, c => Assert.InRange(c, '\n', '~'));
        Approval.Verify(output, $"ascii-{name}.txt");
    }

    [Fact]
    public void A_file_gets_every_column_and_no_colour()
    {
        var output = Run(new Screen(Screen.Unlimited, HasColor: false, Ascii: false), "calls --last 3");

        Assert.DoesNotContain("No space for", output, StringComparison.Ordinal);
        Approval.Verify(output, "table-calls-unlimited.txt");
    }

    private static string Run(Screen screen, string line) => Program(screen).Output(line.Split(' '));

    private static TestProgram Program(Screen screen) => new(new FakeLedger(Sample.TwoWeeks())) { Screen = screen };
}
