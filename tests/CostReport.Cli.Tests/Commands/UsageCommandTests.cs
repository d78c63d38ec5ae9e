using System.Text.Json;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Commands;

public sealed class UsageCommandTests
{
    private static readonly string[] Top = ["since", "until", "time_zone", "currency", "price_version", "totals", "groups"];

    private static readonly string[] TotalsNames =
    [
        "calls", "attempts", "errors", "input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_5m_input_tokens",
        "cache_creation_1h_input_tokens", "web_search_requests", "cost_usd", "cost_usd_by_class", "unpriced_calls", "estimated_calls",
    ];

    private static readonly string[] Classes = ["input", "output", "cache_read", "cache_write_5m", "cache_write_1h", "server_tools"];

    [Theory]
    [InlineData("--since 7d", 0)]
    [InlineData("--since 7d --by model", 1)]
    [InlineData("--since 7d --by day,tag:team --by status", 3)]
    [InlineData("models --since 7d", 1)]
    public void Json_has_one_shape_on_all_usage_reports(string line, int dimensions)
    {
        using var json = JsonDocument.Parse(Program().Output([.. line.Split(' '), "--format", "json"]));
        var root = json.RootElement;

        Assert.Equal(Top, Names(root), StringComparer.Ordinal);
        Assert.Equal(TotalsNames, Names(root.GetProperty("totals")), StringComparer.Ordinal);
        Assert.Equal(Classes, Names(root.GetProperty("totals").GetProperty("cost_usd_by_class")), StringComparer.Ordinal);
        Assert.All(root.GetProperty("groups").EnumerateArray(), group =>
        {
            Assert.Equal(["key", .. TotalsNames], Names(group), StringComparer.Ordinal);
            Assert.Equal(dimensions, Names(group.GetProperty("key")).Count);
        });
    }

    [Fact]
    public void Groups_and_classes_add_up_to_the_totals_to_the_nano_dollar()
    {
        using var json = JsonDocument.Parse(Program().Output("--by", "day,model", "--format", "json"));
        var totals = json.RootElement.GetProperty("totals");
        var groups = json.RootElement.GetProperty("groups").EnumerateArray().ToList();

        Assert.Equal(Money(totals.GetProperty("cost_usd")), groups.Sum(g => Money(g.GetProperty("cost_usd"))));
        Assert.Equal(Money(totals.GetProperty("cost_usd")), Classes.Sum(c => Money(totals.GetProperty("cost_usd_by_class").GetProperty(c))));
        Assert.Equal(totals.GetProperty("output_tokens").GetInt64(), groups.Sum(g => g.GetProperty("output_tokens").GetInt64()));
        Assert.Matches(@"^\d+\.\d{9}$", totals.GetProperty("cost_usd").GetString());
    }

    [Theory]
    [InlineData("UTC", "--since 7d", "2026-11-13T12:00:00Z", "2026-11-20T12:00:00Z")]
    [InlineData("Europe/Berlin", "--since 2026-11-14", "2026-11-14T00:00:00+01:00", "2026-11-20T13:00:00+01:00")]
    [InlineData("Europe/Berlin", "--since 2026-10-25 --until 2026-10-26", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00")]
    [InlineData("UTC", "--until 2026-11-14T00:00:00.25Z", null, "2026-11-14T00:00:00.25Z")]
    public void The_period_is_written_with_its_offset(string zone, string line, string? since, string until)
    {
        var ledger = new FakeLedger(Sample.TwoWeeks());
        var program = new TestProgram(ledger) { Time = new FixedTime(Sample.Now, zone) };

        using var json = JsonDocument.Parse(program.Output([.. line.Split(' '), "--format", "json"]));

        Assert.Equal(since, json.RootElement.GetProperty("since").GetString());
        Assert.Equal(until, json.RootElement.GetProperty("until").GetString());
        Assert.Equal(zone, json.RootElement.GetProperty("time_zone").GetString());
    }

    [Fact]
    public void Filters_reach_the_ledger_as_given()
    {
        var ledger = new FakeLedger([]);
        string[] words =
        [
            "--since", "24h", "--model", "claude-*", "--model", "x?", "--provider", "bedrock", "--session", "calls", "--conversation", "c",
            "--tag", "a=b=c", "--tag", "d=", "--status", "5xx", "--status", "429", "--status", "refused", "--by", "model", "--format", "json",
        ];

        new TestProgram(ledger).Output(words);

        var filter = Assert.Single(ledger.Asked);
        Assert.Equal(Sample.Now.AddHours(-24), filter.Since);
        Assert.Null(filter.Until);
        Assert.Equal(["claude-*", "x?"], filter.Models);
        Assert.Equal([Provider.Bedrock], filter.Providers);
        Assert.Equal(["calls"], filter.Sessions);
        Assert.Equal(["c"], filter.Conversations);
        Assert.Equal([new("a", "b=c"), new("d", "")], filter.Tags);
        Assert.Equal(["5xx", "429", "refused"], filter.Statuses);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("markdown")]
    public void A_call_without_a_price_is_said_and_the_answer_is_no(string format)
    {
        var calls = Sample.TwoWeeks().Append(Sample.Call(Sample.Now.AddHours(-1), 70, "unknown-model")).ToList();

        foreach (var command in new[] { "--since 7d", "--since 7d --by model", "models --since 7d" })
        {
            var (code, output, errors) = new TestProgram(new FakeLedger(calls)).Run([.. command.Split(' '), "--format", format]);

            Assert.Equal(ExitCode.No, code);
            Assert.Contains("1 call has no price", output + errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_summary_compares_with_the_period_before()
    {
        var old = Sample.Call(Sample.Now.AddDays(-10), 1);
        var now = Sample.Call(Sample.Now.AddDays(-1), 1);

        var same = new TestProgram(new FakeLedger([old, now])).Output("--since", "7d");
        var more = new TestProgram(new FakeLedger([old, now, Sample.Call(Sample.Now.AddDays(-1), 2)])).Output("--since", "7d");
        var first = new TestProgram(new FakeLedger([now])).Output("--since", "7d");
        var everything = new TestProgram(new FakeLedger([old, now])).Output();

        Assert.Contains("the same as in the 7 days before", same, StringComparison.Ordinal);
        Assert.Matches(@"\+\$0\.\d+, \+\d+\.\d% against the 7 days before", more);
        Assert.Contains("no calls in the 7 days before", first, StringComparison.Ordinal);
        Assert.DoesNotContain("before", everything, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_ledger_says_what_to_do_next()
    {
        var program = new TestProgram(new FakeLedger([]));

        Assert.Contains("MessagesTelemetryHandler", program.Output(), StringComparison.Ordinal);
        Assert.Contains("MessagesTelemetryHandler", program.Output("calls"), StringComparison.Ordinal);
        Assert.Contains("MessagesTelemetryHandler", program.Output("models", "--format", "markdown"), StringComparison.Ordinal);
        Assert.Equal("{\"calls\":[]}\n", program.Output("calls", "--format", "json"));
    }

    [Fact]
    public void A_period_without_calls_says_when_the_last_one_was()
    {
        Assert.Contains("last call was at 2026-11-20 07:06", Program().Output("--since", "1h"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_ledger_is_closed_afterwards()
    {
        var ledger = new FakeLedger(Sample.TwoWeeks());

        new TestProgram(ledger).Output("models");

        Assert.True(ledger.IsClosed);
    }

    [Fact]
    public void Costs_beyond_all_reason_are_one_line()
    {
        var call = Sample.Call(Sample.Now, 1);
        var huge = call with { Cost = call.Cost with { ByClass = new CostByClass(new NanoUsd(long.MaxValue), default, default, default, default, default) } };

        var (code, _, errors) = new TestProgram(new FakeLedger([huge, huge])).Run("--by", "model");

        Assert.Equal(ExitCode.Fault, code);
        Assert.Contains("9.2 billion", errors, StringComparison.Ordinal);
    }

    private static TestProgram Program() => new(new FakeLedger(Sample.TwoWeeks()));

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    private static decimal Money(JsonElement element) => decimal.Parse(element.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
