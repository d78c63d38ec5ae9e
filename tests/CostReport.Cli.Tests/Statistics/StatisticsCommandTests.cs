using System.Text.Json;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Statistics;

public sealed class StatisticsCommandTests
{
    [Theory]
    [InlineData("latency")]
    [InlineData("errors")]
    [InlineData("latency --by model --format markdown")]
    public async Task An_empty_ledger_says_what_to_do(string line)
    {
        using var ledger = await WrittenLedger.OfAsync([]);

        var output = ledger.Program().Output(line.Split(' '));

        Assert.Contains("The ledger holds no calls yet.", output, StringComparison.Ordinal);
        Assert.Contains("AddMessagesTelemetry", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latency --session nobody")]
    [InlineData("errors --session nobody")]
    public async Task Where_no_call_matches_the_last_one_is_told(string line)
    {
        using var ledger = await WrittenLedger.OfAsync(Sample.TwoWeeks());

        Assert.Contains("The ledger's last call was at 2026-11-20 07:06.", ledger.Program().Output(line.Split(' ')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latency --by latency", "--by 'latency' is no dimension")]
    [InlineData("latency --chart picture.gif", "ends in .svg or .png")]
    [InlineData("latency --last 3", "--last")]
    [InlineData("errors --by model", "--by")]
    [InlineData("attempts --chart errors.svg", "--chart")]
    [InlineData("errors --status 4711", "--status '4711' is unknown")]
    [InlineData("errors --since yesteryear", "is no time")]
    [InlineData("errors surplus", "surplus")]
    public void Garbage_is_one_line_and_status_2(string line, string expected)
    {
        var (code, output, errors) = new TestProgram(new FakeLedger([])).Run(line.Split(' '));

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Equal(1, errors.Count(c => c == '\n'));
    }

    [Fact]
    public async Task The_picture_of_errors_has_the_shares_of_the_table_and_nothing_that_was_canceled()
    {
        using var ledger = await WrittenLedger.OfAsync(SampleFailures.AmongTwoWeeks());
        var path = Path.Combine(Path.GetDirectoryName(ledger.Path)!, "errors.svg");

        var table = ledger.Program().Output("errors", "--chart", path);

        var picture = File.ReadAllText(path);
        Assert.Contains("canceled", table, StringComparison.Ordinal);
        Assert.DoesNotContain("canceled", picture, StringComparison.Ordinal);
        Assert.Matches("rate_limit +2 +2.8%", table);
        Assert.Contains("· 2.8% of all<", picture, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_in_json_are_seconds_exact_to_the_microsecond()
    {
        using var ledger = await WrittenLedger.OfAsync(SampleFailures.AmongTwoWeeks());

        using var json = JsonDocument.Parse(ledger.Program().Output("latency", "--format", "json"));

        var duration = json.RootElement.GetProperty("totals").GetProperty("duration_s");
        Assert.Equal("8.123456", duration.GetProperty("max").GetRawText());
        Assert.True(duration.GetProperty("exact").GetBoolean());
        Assert.Equal("8.123456", json.RootElement.GetProperty("slowest")[0].GetProperty("duration_s").GetRawText());
    }

    [Fact]
    public async Task Json_of_an_empty_ledger_has_all_members()
    {
        using var ledger = await WrittenLedger.OfAsync([]);

        using var latency = JsonDocument.Parse(ledger.Program().Output("latency", "--format", "json"));
        using var errors = JsonDocument.Parse(ledger.Program().Output("errors", "--format", "json"));

        Assert.Equal(JsonValueKind.Null, latency.RootElement.GetProperty("totals").GetProperty("duration_s").ValueKind);
        Assert.Equal(0, latency.RootElement.GetProperty("slowest").GetArrayLength());
        Assert.Equal(0, errors.RootElement.GetProperty("attempts").GetInt64());
        Assert.Equal(JsonValueKind.Null, errors.RootElement.GetProperty("totals").GetProperty("share").ValueKind);
    }

    [Fact]
    public async Task Shares_of_failures_are_of_all_attempts_whatever_status_is_asked_for()
    {
        using var ledger = await WrittenLedger.OfAsync(SampleFailures.AmongTwoWeeks());

        using var json = JsonDocument.Parse(ledger.Program().Output("errors", "--status", "429", "--format", "json"));

        var root = json.RootElement;
        Assert.Equal(71, root.GetProperty("attempts").GetInt64());
        Assert.Equal(2, root.GetProperty("totals").GetProperty("failed").GetInt64());
        Assert.Equal(2, root.GetProperty("totals").GetProperty("followed_by_success").GetInt64());
        Assert.Equal("0.028169", root.GetProperty("totals").GetProperty("share").GetRawText());
        Assert.Equal("12", root.GetProperty("totals").GetProperty("longest_retry_after_s").GetRawText());
    }

    [Fact]
    public async Task A_name_from_a_hostile_ledger_steers_no_terminal()
    {
        var call = Sample.Call(Sample.Now.AddMinutes(-5), 1, "claude-\u001b[2J-opus");
        using var ledger = await WrittenLedger.OfAsync([call, Sample.Failed(Sample.Now, 2, CostLedger.Records.CallOutcome.Error, "evil\u001b]0;x\a_error", 500)]);

        foreach (var line in (string[])["latency --by model", "errors", "latency --by model --format csv", "errors --format csv", "errors --format markdown"])
        {
            Assert.DoesNotContain('\u001b', ledger.Program().Output(line.Split(' ')));
        }
    }
}
