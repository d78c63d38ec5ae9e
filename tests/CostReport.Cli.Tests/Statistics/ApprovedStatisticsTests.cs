using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Statistics;

/// <summary>Every form of the statistics, as a reader sees it.</summary>
public sealed class ApprovedStatisticsTests(ApprovedStatisticsTests.Written written) : IClassFixture<ApprovedStatisticsTests.Written>
{
    public static TheoryData<string, string> Reports => new()
    {
        { "latency", "latency --since 7d" },
        { "latency-by-model", "latency --by model" },
        { "latency-by-day-and-tag", "latency --since 3d --by day,tag:team" },
        { "latency-of-failures", "latency --status error" },
        { "errors", "errors --since 7d" },
        { "errors-of-a-day", "errors --since 24h" },
        { "errors-of-a-model", "errors --model claude-opus-5-5" },
        { "errors-none", "errors --status success" },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_and_140_columns(string name, string line)
    {
        foreach (var width in new[] { 80, 140 })
        {
            var output = written.Ledger.Program(width).Output(line.Split(' '));

            Assert.All(output.Split('\n'), l => Assert.True(CellText.Width(l) <= width, $"{CellText.Width(l)} > {width}: {l}"));
            Approval.Verify(output, $"table-{name}-{width}.txt");
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line)
    {
        foreach (var (format, extension) in new[] { ("markdown", "md"), ("json", "json"), ("csv", "csv") })
        {
            var output = written.Ledger.Program(hasColor: true).Output([.. line.Split(' '), "--format", format]);

            Assert.DoesNotContain('\e', output);
            Approval.Verify(output, $"{name}.{extension}");
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Ascii_is_ascii_and_colour_changes_nothing_else(string name, string line)
    {
        var ascii = written.Ledger.Program().Output([.. line.Split(' '), "--ascii"]);
        var plain = written.Ledger.Program().Output(line.Split(' '));
        var colored = written.Ledger.Program(hasColor: true).Output(line.Split(' '));

        Assert.All(ascii, c => Assert.True(c is >= '\n' and <= '~', name));
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(colored, "\e\\[[0-9;]*m", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("latency-two-weeks", "latency")]
    [InlineData("latency-hours", "latency --since 48h --tz Europe/Berlin")]
    [InlineData("latency-in-one-month", "latency --since 2024-01-01")]
    [InlineData("latency-nothing", "latency --status 418")]
    public void Charts_are_as_approved(string name, string line)
    {
        var path = Path.Combine(Path.GetDirectoryName(written.Ledger.Path)!, $"{name}.svg");

        written.Ledger.Program().Output([.. line.Split(' '), "--chart", path]);

        Approval.Verify(File.ReadAllText(path), $"chart-{name}.svg");
    }

    public sealed class Written : IAsyncLifetime
    {
        private WrittenLedger? _ledger;

        internal WrittenLedger Ledger => _ledger!;

        public async ValueTask InitializeAsync() => _ledger = await WrittenLedger.OfAsync(SampleFailures.AmongTwoWeeks());

        public ValueTask DisposeAsync()
        {
            _ledger?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
