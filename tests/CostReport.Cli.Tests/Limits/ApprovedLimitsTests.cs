using CostReport.Cli.Arguments;
using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Limits;

/// <summary>What is told of attempts and limits, in every form, as a reader sees it.</summary>
public sealed class ApprovedLimitsTests(ApprovedLimitsTests.Written written) : IClassFixture<ApprovedLimitsTests.Written>
{
    public static TheoryData<string, string> Reports => new()
    {
        { "attempts", "attempts --since 7d" },
        { "attempts-by-model", "attempts --since 7d --by model" },
        { "attempts-by-day-and-error", "attempts --since 3d --by day,error" },
        { "attempts-none", "attempts --model claude-none" },
        { "limits", "limits --since 24h" },
        { "limits-of-an-hour", "limits --since 1h --model claude-sonnet-5-5" },
        { "limits-of-old", "limits --until 2026-11-20T12:00Z --model claude-opus-5-5" },
        { "limits-none", "limits --provider bedrock" },
    };

    private ApprovedForms Forms => new(written.Ledger.Program);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_120_and_200_columns_with_colour_and_without(string name, string line) => Forms.VerifyTables(name, line);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line) => Forms.VerifyFiles(name, line);

    [Theory]
    [InlineData("limits", "limits --since 24h")]
    [InlineData("limits-nothing", "limits --provider bedrock")]
    public void Charts_are_as_approved(string name, string line)
    {
        var path = Path.Combine(Path.GetDirectoryName(written.Ledger.Path)!, $"{name}.svg");

        written.Ledger.Program().Output([.. line.Split(' '), "--chart", path]);

        Approval.Verify(File.ReadAllText(path), $"chart-{name}.svg");
    }

    [Theory]
    [InlineData("attempts")]
    [InlineData("limits")]
    public void An_empty_ledger_says_what_to_do_next(string command)
    {
        var output = new TestProgram(new FakeLedger([])).Output(command);

        Assert.Contains("The ledger holds no calls yet.", output, StringComparison.Ordinal);
        Assert.Contains("MessagesTelemetryHandler", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limits", "--by", "model")]
    [InlineData("attempts", "--chart", "x.svg")]
    [InlineData("attempts", "--by", "phase")]
    public void What_a_command_cannot_do_is_refused(string command, string option, string value) =>
        Assert.Equal(ExitCode.WrongUsage, new TestProgram(new FakeLedger([])).Run(command, option, value).Code);

    [Fact]
    public async Task Names_that_are_hostile_are_made_harmless()
    {
        var hostile = $"</script>\e[31m{new string('x', 500)}\u202E";
        using var ledger = await WrittenLedger.OfAsync(SampleLimits.AmongTwoWeeks().Select(c => c with { ModelRequested = hostile, ModelServed = null }));

        foreach (var command in new[] { "attempts", "limits" })
        {
            var output = ledger.Program().Output(command, "--since", "24h");

            Assert.DoesNotContain('\e', output);
            Assert.DoesNotContain('\u202E', output);
            Assert.All(output.Split('\n'), l => Assert.True(CellText.Width(l) <= 80, l));
        }
    }

    public sealed class Written : IAsyncLifetime
    {
        private WrittenLedger? _ledger;

        internal WrittenLedger Ledger => _ledger!;

        public async ValueTask InitializeAsync() => _ledger = await WrittenLedger.OfAsync(SampleLimits.AmongTwoWeeks());

        public ValueTask DisposeAsync()
        {
            _ledger?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
