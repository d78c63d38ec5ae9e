using System.Text.Json;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Whatifs;

/// <summary>What users mistype, and what ledgers hold that cannot be.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("needs an assumption: one or more of --ttl 1h|5m", "whatif")]
    [InlineData("'7m' is no lifetime of the cache; give 5m or 1h", "whatif", "--ttl", "7m")]
    [InlineData("'mars' is no place that has a price of its own; give us or global", "whatif", "--geo", "mars")]
    [InlineData("--model 'claude-opsu-5' is no model of the price list (did you mean 'claude-opus-5'?)", "whatif", "--model", "claude-opsu-5")]
    [InlineData("is no model of the price list", "whatif", "--model", "gpt")]
    [InlineData("'sistem' is no place (did you mean 'system'?); give tools, system and last", "whatif", "--breakpoints", "sistem")]
    [InlineData("--breakpoints auto stands alone", "whatif", "--breakpoints", "auto,last")]
    [InlineData("give --no-cache or --ttl", "whatif", "--no-cache", "--ttl", "1h")]
    [InlineData("give --no-cache or --breakpoints", "whatif", "--no-cache", "--breakpoints", "last")]
    [InlineData("--by status is of no use here", "whatif", "--batch", "--by", "status")]
    [InlineData("--from-model '' matches no model", "whatif", "--batch", "--from-model", "")]
    public void A_mistake_is_one_line_that_says_what_to_do(string words, params string[] line)
    {
        var (code, output, errors) = new TestProgram(new FakeLedger([])).Run(line);

        Assert.Equal((ExitCode.WrongUsage, "", 1), (code, output, errors.Count(c => c == '\n')));
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ttl", "1h")]
    [InlineData("--no-cache")]
    public void An_empty_ledger_says_what_to_do_next(params string[] words) =>
        Assert.Contains("The ledger holds no calls yet.", new TestProgram(new FakeLedger([])).Output(["whatif", .. words]), StringComparison.Ordinal);

    [Fact]
    public async Task An_answer_that_tells_nothing_of_the_cache_keeps_its_cost_and_is_named()
    {
        var call = SampleTraffic.Priced(SampleTraffic.Conversation(1, [])[0] with { Usage = new TokenUsage { InputTokens = 900, OutputTokens = 20 } });

        var report = await Report([call], "--ttl", "1h");

        Assert.Equal(1, report.GetProperty("replay").GetProperty("kept").GetProperty("not_told").GetInt32());
        AssertSame(report);
    }

    [Fact]
    public async Task A_sum_over_several_prompts_keeps_what_it_read()
    {
        var call = SampleTraffic.Conversation(1, [])[0];
        call = SampleTraffic.Priced(call with { Usage = call.Usage! with { WebSearchRequests = 1 } });

        var report = await Report([call], "--ttl", "1h");

        Assert.Equal(1, report.GetProperty("replay").GetProperty("kept").GetProperty("several_prompts").GetInt32());
        AssertSame(report);
    }

    [Theory]
    [InlineData("--ttl", "1h")]
    [InlineData("--model", "claude-opus-5")]
    public async Task What_a_gateway_marks_behind_the_handler_stays_cached(params string[] words)
    {
        var calls = SampleTraffic.Conversation(1, [TimeSpan.FromMinutes(2)]).Select(call => call with { Prompt = call.Prompt! with { Breakpoints = [], Automatic = null } }).ToList();

        var report = await Report(calls, words);

        Assert.Equal(2, report.GetProperty("replay").GetProperty("kept").GetProperty("no_breakpoint").GetInt32());
        Assert.Equal(
            report.GetProperty("totals").GetProperty("tokens").GetProperty("cache_read").GetInt64(),
            report.GetProperty("totals").GetProperty("tokens_then").GetProperty("cache_read").GetInt64());
    }

    [Fact]
    public async Task A_ledger_that_was_pruned_in_the_middle_of_a_conversation_still_answers()
    {
        var calls = SampleTraffic.Conversation(1, [.. Enumerable.Repeat(TimeSpan.FromMinutes(6), 6)]);
        using var ledger = await WrittenLedger.OfAsync(calls);
        await using (var open = PatientLedger.Open(ledger.Path))
        {
            await open.PruneAsync(calls[3].StartedAt, TestContext.Current.CancellationToken);
        }

        var report = Read(ledger, "--ttl", "1h");

        // The first that is left finds nothing, the others find what the one before left.
        Assert.Equal((4, 3), (report.GetProperty("totals").GetProperty("calls").GetInt32(), report.GetProperty("totals").GetProperty("cheaper").GetInt32()));
        Assert.Equal(4, report.GetProperty("replay").GetProperty("calls_as_measured").GetInt32());
    }

    [Fact]
    public async Task Calls_whose_clock_jumped_back_are_played_in_the_order_of_their_times()
    {
        var calls = SampleTraffic.Conversation(1, [.. Enumerable.Repeat(TimeSpan.FromMinutes(2), 6)]).ToList();
        calls[3] = calls[3] with { Id = CallId.Create(calls[0].StartedAt.AddHours(-3), 77) };

        var report = await Report(calls, "--ttl", "1h");

        Assert.Equal(7, report.GetProperty("totals").GetProperty("calls").GetInt32());
        Assert.True(report.GetProperty("replay").GetProperty("calls_as_measured").GetInt32() < 7);
    }

    [Theory]
    [InlineData(5_000_000_000L)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    public async Task Usage_that_cannot_be_true_neither_ends_the_report_nor_changes_it(long tokens)
    {
        var calls = SampleTraffic.Conversation(1, [TimeSpan.FromMinutes(2)]).ToList();
        calls[1] = SampleTraffic.Priced(calls[1] with { Usage = calls[1].Usage! with { CacheReadInputTokens = tokens } });

        foreach (var words in new string[][] { ["--ttl", "1h"], ["--no-cache"], ["--breakpoints", "system,last"], ["--model", "claude-opus-4-6"] })
        {
            Assert.Equal(2, (await Report(calls, words)).GetProperty("totals").GetProperty("calls").GetInt32());
        }
    }

    [Fact]
    public async Task More_read_than_the_prompt_can_have_stays_what_was_billed()
    {
        var calls = SampleTraffic.Conversation(1, [TimeSpan.FromMinutes(2)]).ToList();
        calls[1] = SampleTraffic.Priced(calls[1] with { Usage = calls[1].Usage! with { InputTokens = 0, CacheReadInputTokens = 900_000 } });

        AssertSame(await Report(calls, "--ttl", "5m"));
    }

    [Fact]
    public async Task A_call_without_a_price_is_named_and_costs_nothing()
    {
        var calls = SampleTraffic.Conversation(1, [], model: "claude-unheard-of-9").ToList();

        var report = await Report(calls, "--batch");

        Assert.Equal("unpriced", Assert.Single(report.GetProperty("warnings").EnumerateArray()).GetProperty("warning").GetString());
        AssertSame(report);
    }

    [Fact]
    public async Task What_stands_against_a_model_is_counted()
    {
        var calls = SampleTraffic.Conversation(1, [], model: "claude-opus-5").ToList();
        calls.Add(SampleTraffic.Priced(Sample.Call(Sample.Now.AddHours(-1), 50, "claude-opus-5") with { Usage = new TokenUsage { InputTokens = 900_000, OutputTokens = 500, Speed = "fast" } }));
        calls.Add(SampleTraffic.Priced(Sample.Call(Sample.Now.AddHours(-2), 51, "claude-opus-5") with
        {
            Usage = new TokenUsage { InputTokens = 10, OutputTokens = 120_000, CacheReadInputTokens = 0, CacheCreationInputTokens = 3_000 },
            Labels = new CallLabels { Conversation = "short" },
        }));

        var warnings = (await Report(calls, "--model", "claude-haiku-4-5")).GetProperty("warnings").EnumerateArray()
            .ToDictionary(w => w.GetProperty("warning").GetString()!, w => w.GetProperty("calls").GetInt32(), StringComparer.Ordinal);

        Assert.Equal(1, warnings["over_window"]);
        Assert.Equal(1, warnings["over_output"]);
        Assert.Equal(1, warnings["no_fast_mode"]);
        Assert.Equal(1, warnings["below_minimum"]);
    }

    private static async Task<JsonElement> Report(IReadOnlyList<CallRecord> calls, params string[] words)
    {
        using var ledger = await WrittenLedger.OfAsync(calls);
        return Read(ledger, words);
    }

    private static JsonElement Read(WrittenLedger ledger, params string[] words)
    {
        var (code, output, errors) = ledger.Program().Run(["whatif", .. words, "--format", "json"]);
        Assert.Equal(("", ExitCode.Fine), (errors, code));
        return JsonElement.Parse(output);
    }

    private static void AssertSame(JsonElement report)
    {
        var totals = report.GetProperty("totals");
        Assert.Equal("0.000000000", totals.GetProperty("difference_usd").GetString());
        Assert.Equal(totals.GetProperty("cost_usd").GetString(), totals.GetProperty("cost_usd_then").GetString());
    }
}
