using CostLedger.Querying;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Records;
using CostReport.Cli.Summaries;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.Times;
using Xunit;

namespace CostReport.Cli.Tests.Summaries;

/// <summary>The summary of ledgers that are out of the ordinary.</summary>
public sealed class SummaryReportTests
{
    [Theory]
    [InlineData("24h", "Cost per hour", "Cost per day")]
    [InlineData("48h", "Cost per hour", "Cost per day")]
    [InlineData("7d", "Cost per day", "Cost per hour")]
    public void A_short_period_is_told_by_the_hour(string since, string told, string other)
    {
        var output = Of(Sample.TwoWeeks(), "--since", since);

        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.DoesNotContain(other, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_add_up_to_what_the_period_cost()
    {
        var calls = Enumerable.Range(0, 6).Select(i => Costing(Sample.Now.AddHours(-i).AddMinutes(-5), i, dollars: 1 + i)).ToList();

        var output = new TestProgram(new FakeLedger(calls)).Output("--since", "6h");

        Assert.Contains("Cost    $21.00", output, StringComparison.Ordinal);
        Assert.All((string[])["Fri 06:00  $6.00", "Fri 07:00  $5.00", "Fri 11:00  $1.00"], line => Assert.Contains(line, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "?", "in 2 breaks of the cache, price unknown")]
    [InlineData(1, "$0.5000", "in 2 breaks of the cache")]
    public void What_breaks_lost_is_not_nothing_where_no_price_is_known(long unpriced, string value, string detail)
    {
        var worst = new FoundBreak(default, Provider.Anthropic, null, null, null, new CacheBreak { Reason = "system_changed", Level = default, Item = 0, Segment = "", AvailableTokens = 0, TokensLost = 100 });
        var loss = new CacheLoss(2, 100, new NanoUsd(unpriced == 2 ? 0 : 500_000_000), unpriced);
        var data = new SummaryData
        {
            Period = new Period(Sample.Now.AddDays(-7), null, Sample.Now, TimeZoneInfo.Utc),
            Usage = new UsageReport(new UsageTotals(), [], [], []),
            Breaks = [new ReasonTotals("system_changed", IsMissed: false, loss, worst)],
        };

        var fact = SummaryFacts.Of(data).Single(f => f.Label == "Lost");

        Assert.Equal((value, detail), (fact.Value, fact.Detail));
    }

    [Fact]
    public void Every_day_has_a_column_where_two_parts_could_stand_side_by_side()
    {
        var calls = Enumerable.Range(1, 60).Select(i => Costing(Sample.Now.AddDays(-i).AddHours(1), i, dollars: 1)).ToList();

        var output = new TestProgram(new FakeLedger(calls)) { Screen = new(120, HasColor: false, Ascii: true) }.Output("--since", "60d");

        var lowest = output.Split('\n').Single(line => line.Contains(" 0|", StringComparison.Ordinal));
        Assert.Equal(60, lowest.Count(c => c == '|') - 1);
    }

    [Fact]
    public void Labels_below_the_columns_do_not_go_beyond_the_edge()
    {
        for (var days = 11; days <= 30; days++)
        {
            var calls = Enumerable.Range(1, days).Select(i => Costing(Sample.Now.AddDays(-i).AddHours(1), i, dollars: 1)).ToList();
            var output = new TestProgram(new FakeLedger(calls)).Output("--since", $"{days}d");

            Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        }
    }

    [Fact]
    public void A_single_other_is_shown_by_its_name()
    {
        var five = Enumerable.Range(0, 5).Select(i => Costing(Sample.Now.AddHours(-1), i, dollars: 1 + i)).ToList();
        var output = Of([.. five.Select((c, i) => c with { Labels = new CallLabels { Session = $"session-{i}" } })], "--since", "7d");

        Assert.DoesNotContain("others)", output, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Contains($"session-{i}", output, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_next_to_nothing_was_before_it_is_so_many_times_as_much_everywhere()
    {
        var output = Of([Costing(Sample.Now.AddDays(-8), 1, dollars: 2), Costing(Sample.Now.AddDays(-1), 2, dollars: 500)], "--since", "7d");

        Assert.Contains("+$498.00, 250 times the 7 days before", output, StringComparison.Ordinal);
        Assert.Contains("x250", output, StringComparison.Ordinal);
        Assert.DoesNotContain("24,900", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("today", null, "the same as yesterday until 12:00")]
    [InlineData("2026-11-18", "2026-11-18T12:00", "the same as on the day before until 12:00")]
    [InlineData("2026-11-18", "2026-11-19", "the same as on the day before")]
    [InlineData("2026-11-17", "2026-11-19", "the same as in the 2 days before")]
    [InlineData("2026-11-01", "2026-11-18T12:00", "the same as from 2026-10-01 to 2026-10-18 12:00")]
    [InlineData("2026-10", "2026-11", "+$10.00, +3.3% against the month before")]
    [InlineData("2026-11-18T06:00", "2026-11-18T18:00", "no calls in the 12 h before")]
    public void A_part_of_a_day_is_compared_with_the_same_part_of_the_day_before(string since, string? until, string told)
    {
        var output = Of(WorkingDays(), ["--since", since, .. until is null ? (string[])[] : ["--until", until]]);

        Assert.Contains(told, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void A_low_screen_shows_what_matters_most_and_names_the_rest(int width)
    {
        string[] headings = ["Cost per day", "Cost by class", "Models", "Calls that did not succeed"];
        var whole = Low(width, 500).Split('\n').Length - 1;
        for (var height = 22; height <= whole + 4; height++)
        {
            var output = Low(width, height);

            var lines = output.Split('\n').Length - 1;
            Assert.True(lines < height, $"{lines} lines on {height}");
            Assert.Matches(@"Cost +\$", output);
            Assert.True(output.Contains("\nModels\n", StringComparison.Ordinal) || output.Contains("of the cost on claude-", StringComparison.Ordinal), output);
            Assert.Equal(height <= whole, output.Contains("No space here: ", StringComparison.Ordinal));
            var inOneLine = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var left = inOneLine[(inOneLine.IndexOf("No space here: ", StringComparison.Ordinal) + 1)..inOneLine.LastIndexOf("More: ", StringComparison.Ordinal)];
            Assert.All(headings, heading => Assert.NotEqual(
                output.Contains($"\n{heading}", StringComparison.Ordinal) || output.Contains($"  {heading}", StringComparison.Ordinal),
                height <= whole && left.Contains(heading, StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Fact]
    public void A_screen_with_space_for_next_to_nothing_shows_the_figures_and_ends_with_the_cost()
    {
        var lines = Low(80, height: 5).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var cost = lines.First(line => line.StartsWith("  Cost ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Assert.StartsWith($"  Cost {cost}, ", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Models", lines);
    }

    [Theory]
    [InlineData("--format markdown")]
    [InlineData("--format json")]
    [InlineData("--by model")]
    public void What_is_not_the_summary_on_a_screen_is_whole_however_low_the_screen_is(string line)
    {
        var program = new FakeLedger(Sample.TwoWeeks());

        Assert.Equal(
            new TestProgram(program) { Screen = new(120, HasColor: false, Ascii: false) }.Output(["--since", "7d", .. line.Split(' ')]),
            new TestProgram(program) { Screen = new(120, HasColor: false, Ascii: false) { Height = 10 } }.Output(["--since", "7d", .. line.Split(' ')]));
    }

    [Theory]
    [InlineData("--since today", true)]
    [InlineData("--since today --by model", true)]
    [InlineData("", true)]
    [InlineData("--until 2026-11-21", false)]
    public void Calls_of_a_clock_that_is_ahead_are_in_the_cost_and_said_to_be(string line, bool isSaid)
    {
        var output = Of([Costing(Sample.Now.AddHours(-1), 1, dollars: 2), Costing(Sample.Now.AddHours(5), 2, dollars: 3), Costing(Sample.Now.AddHours(6), 3, dollars: 3)], line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains("$8.00", output, StringComparison.Ordinal);
        Assert.Equal(isSaid, output.Contains("2 attempts in these figures began after now, the last at 2026-11-20 18:00: a clock is ahead.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_that_was_just_written_is_not_ahead() =>
        Assert.DoesNotContain("clock", Of([Costing(Sample.Now.AddSeconds(2), 1, dollars: 2)]), StringComparison.Ordinal);

    [Fact]
    public void A_model_that_is_only_a_part_of_a_name_is_told_how_it_matches()
    {
        var call = Sample.Call(Sample.Now.AddHours(-1), 1);

        var whole = Of([call], "--model", "opus");
        var part = Of([call], "--model", "*nothing*", "--since", "7d");

        Assert.Contains("Take a filter away.", whole, StringComparison.Ordinal);
        Assert.Contains("--model '*opus*'", whole.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("--since", whole, StringComparison.Ordinal);
        Assert.Contains("(--since)", part, StringComparison.Ordinal);
        Assert.DoesNotContain("whole names", part, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_without_tokens_and_cost_have_no_part_that_is_empty()
    {
        var none = Sample.Call(Sample.Now.AddHours(-1), 1) with { Usage = null, Cost = new CallCost { Basis = CostBasis.Unbilled, ByClass = default(CostByClass) } };

        var summary = Of([none], "--since", "7d");
        var models = Of([none], "models");

        Assert.DoesNotContain("Cost by class", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("of prompts", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("of prompts", models, StringComparison.Ordinal);
        Assert.DoesNotContain("x $ per million", models, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--since 7d")]
    [InlineData("models")]
    public void Caching_that_cost_more_than_it_saved_is_said_in_words(string line)
    {
        var written = Sample.Call(Sample.Now.AddHours(-1), 4);
        written = written with { Cost = written.Cost with { SavedByCache = new NanoUsd(-800_000_000) } };

        var output = Of([written], line.Split(' '));

        Assert.Contains("cost $0.8000 more than it saved", output, StringComparison.Ordinal);
        Assert.DoesNotContain("-$0.8", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "(none)")]
    [InlineData("", "(empty)")]
    public void A_model_may_be_called_like_what_stands_for_a_missing_one(string? missing, string name)
    {
        List<CallRecord> calls = [];
        foreach (var day in new[] { -1, -9 })
        {
            calls.AddRange(new[] { missing, name }.Select((model, i) => Costing(Sample.Now.AddDays(day), i, dollars: 2) with { ModelServed = model, ModelRequested = model }));
        }

        Assert.Equal(2, Of(calls, "--since", "7d").Split('\n').Count(line => line.TrimStart().StartsWith(name, StringComparison.Ordinal) && line.Contains("+0.0%", StringComparison.Ordinal)));
    }

    private static string Low(int width, int height) =>
        new TestProgram(new FakeLedger(Sample.TwoWeeks())) { Screen = new(width, HasColor: false, Ascii: false) { Height = height } }.Output("--since", "14d");

    private static string Of(IReadOnlyList<CallRecord> calls, params string[] words) =>
        new TestProgram(new FakeLedger(calls)) { Screen = new(120, HasColor: false, Ascii: false) }.Output(words);

    // A dollar an hour from 8 to 17 o'clock.
    private static List<CallRecord> WorkingDays() =>
    [
        .. from day in Enumerable.Range(0, 81)
           from hour in Enumerable.Range(8, 10)
           let at = new DateTimeOffset(2026, 9, 1, hour, 0, 0, TimeSpan.Zero).AddDays(day)
           where at < Sample.Now
           select Costing(at, (day * 10) + hour, dollars: 1),
    ];

    private static CallRecord Costing(DateTimeOffset at, int seed, long dollars)
    {
        var call = Sample.Call(at, seed, "claude-opus-5-5");
        return call with { Cost = call.Cost with { ByClass = new CostByClass(new NanoUsd(dollars * NanoUsd.PerDollar), default, default, default, default, default) } };
    }
}
