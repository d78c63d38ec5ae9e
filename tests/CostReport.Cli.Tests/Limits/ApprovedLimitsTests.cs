using CostLedger.Records;
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

    [Fact]
    public async Task Rows_of_several_holders_are_told_apart_on_a_narrow_screen()
    {
        using var ledger = await WrittenLedger.OfAsync(
        [
            Limited(1, "api.anthropic.com", "aaaaaa11", 50, 3),
            Limited(2, "api.anthropic.com", "bbbbbb22", 50, 3),
            Limited(3, "gateway.example", "aaaaaa11", 50, 3),
        ]);

        var output = ledger.Program(width: 80).Output("limits", "--since", "24h");

        var rows = output.Split('\n').Where(line => line.Contains("requests", StringComparison.Ordinal) && line.Contains("claude-opus-5-5 ", StringComparison.Ordinal) && line.Contains('%', StringComparison.Ordinal)).ToList();
        Assert.Equal(3, rows.Count(row => row.Contains("aaaaaa", StringComparison.Ordinal) || row.Contains("bbbbbb", StringComparison.Ordinal)));
        Assert.Equal(rows.Count, rows.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Of_a_limit_of_zero_nothing_is_left_now()
    {
        var call = Limited(1, "api.anthropic.com", "aaaaaa11", 0, 0);
        using var ledger = await WrittenLedger.OfAsync([call]);

        var output = ledger.Program().Output("limits", "--since", "24h");

        Assert.Contains("Left now      0.0%", output, StringComparison.Ordinal);
        Assert.Contains("Runs out      now", output, StringComparison.Ordinal);
        Assert.DoesNotContain('?', output);
    }

    [Theory]
    [InlineData("attempts", true)]
    [InlineData("models", true)]
    [InlineData("", true)]
    [InlineData("attempts", false)]
    [InlineData("models", false)]
    public async Task What_callers_left_on_bedrock_is_said_to_be_near_its_least(string command, bool isBedrock)
    {
        var left = Sample.CutOff(Sample.Now.AddHours(-1), 7) with { Provider = isBedrock ? Provider.Bedrock : Provider.Anthropic, Outcome = CallOutcome.Canceled };
        using var ledger = await WrittenLedger.OfAsync([left]);

        var output = ledger.Program(width: 200).Output([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--since", "24h"]);

        Assert.Equal(isBedrock, output.Contains("1 of them ran on Bedrock, which bills an answer to its end", StringComparison.Ordinal));
    }

    private static CallRecord Limited(int seed, string host, string holder, long limit, long left) => Sample.Call(Sample.Now.AddMinutes(-1).AddSeconds(seed), seed, "claude-opus-5-5") with
    {
        Host = host,
        LimitScope = holder,
        ModelRequested = "claude-opus-5-5",
        RateLimits = [new RateLimit("requests", limit, left, Sample.Now.AddMinutes(1))],
    };

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
