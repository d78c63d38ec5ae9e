using System.Globalization;
using System.Text.Json;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Whatifs;

/// <summary>What holds of every assumption, over real ledgers.</summary>
public sealed class WhatifLawTests
{
    [Theory]
    [InlineData("--ttl", "5m")]
    [InlineData("--breakpoints", "last")]
    [InlineData("--geo", "global")]
    [InlineData("--ttl", "5m", "--breakpoints", "last", "--geo", "global")]
    public async Task What_is_so_already_changes_nothing(params string[] words)
    {
        var calls = Mixed();

        var totals = await Totals(calls, words);

        Assert.Equal(0m, Dollars(totals, "difference_usd"));
        Assert.Equal(CostOf(calls), Dollars(totals, "cost_usd"));
        Assert.Equal(totals.GetProperty("tokens").GetRawText(), totals.GetProperty("tokens_then").GetRawText());
    }

    [Fact]
    public async Task Output_of_answers_that_were_cut_off_is_that_of_the_other_reports()
    {
        var calls = Mixed();
        var cut = SampleTraffic.Priced(calls[^1] with
        {
            Outcome = CallOutcome.Canceled,
            Usage = calls[^1].Usage! with { OutputTokens = 1 },
            Estimate = new TokenEstimate { OutputTokens = 5_000 },
        });
        calls = [.. calls.SkipLast(1), cut];
        using var ledger = await WrittenLedger.OfAsync(calls);
        var usage = JsonElement.Parse(ledger.Program().Output("--format", "json")).GetProperty("totals").GetProperty("output_tokens").GetInt64();

        var totals = await Totals(calls, "--geo", "us");

        Assert.Equal(calls.Sum(call => call.Usage!.OutputTokens) + 4_999, usage);
        Assert.Equal((usage, usage), (totals.GetProperty("tokens").GetProperty("output").GetInt64(), totals.GetProperty("tokens_then").GetProperty("output").GetInt64()));
    }

    [Fact]
    public async Task Without_a_cache_all_input_is_uncached()
    {
        var calls = Mixed();
        var expected = calls.Sum(call => (decimal)SampleTraffic.Priced(call with
        {
            Usage = new TokenUsage { InputTokens = call.Usage!.TotalInputTokens, OutputTokens = call.Usage.OutputTokens },
        }).Cost.Total!.Value.Value) / NanoUsd.PerDollar;

        foreach (var words in new string[][] { ["--no-cache"], ["--breakpoints", "none"] })
        {
            Assert.Equal(expected, Dollars(await Totals(calls, words), "cost_usd_then"));
        }
    }

    [Fact]
    public async Task Batch_and_geography_are_priced_to_the_nano_dollar()
    {
        var calls = Mixed();
        var expected = calls.Sum(call => (decimal)SampleTraffic.Priced(call with { Usage = call.Usage! with { ServiceTier = "batch", InferenceGeo = "us" } }).Cost.Total!.Value.Value)
            / NanoUsd.PerDollar;

        Assert.Equal(expected, Dollars(await Totals(calls, "--batch", "--geo", "us"), "cost_usd_then"));
    }

    [Theory]
    [InlineData(6, 12)]
    [InlineData(6, 1)]
    [InlineData(59, 5)]
    public async Task An_hour_saves_what_arithmetic_says_where_pauses_are_longer_than_five_minutes(int minutes, int turns)
    {
        var calls = Conversation(minutes, turns, PromptLifetime.FiveMinutes);

        var totals = await Totals(calls, "--ttl", "1h");

        // All that the turn before had is read; the first prompt and what each turn adds is written for an hour.
        var expected = CostOf(Conversation(minutes, turns, PromptLifetime.OneHour));
        Assert.Equal(expected, Dollars(totals, "cost_usd_then"));
        Assert.True(Dollars(totals, "difference_usd") < 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(61)]
    public async Task An_hour_costs_more_where_pauses_are_shorter_or_longer(int minutes)
    {
        var calls = Conversation(minutes, 8, PromptLifetime.FiveMinutes);

        var totals = await Totals(calls, "--ttl", "1h");

        Assert.Equal(CostOf(Conversation(minutes, 8, PromptLifetime.OneHour)), Dollars(totals, "cost_usd_then"));
        Assert.True(Dollars(totals, "difference_usd") > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task Five_minutes_is_the_way_back(int minutes)
    {
        var calls = Conversation(minutes, 6, PromptLifetime.OneHour);

        Assert.Equal(CostOf(Conversation(minutes, 6, PromptLifetime.FiveMinutes)), Dollars(await Totals(calls, "--ttl", "5m"), "cost_usd_then"));
    }

    [Fact]
    public async Task A_conversation_without_prompts_is_known_by_its_name()
    {
        var calls = Conversation(6, 12, PromptLifetime.FiveMinutes)
            .Select(call => call with { Prompt = null, Labels = new CallLabels { Conversation = "support" } }).ToList();

        var expected = CostOf(Conversation(6, 12, PromptLifetime.OneHour));

        Assert.Equal(expected, Dollars(await Totals(calls, "--ttl", "1h"), "cost_usd_then"));
    }

    [Theory]
    [InlineData("--ttl", "1h")]
    [InlineData("--breakpoints", "system,last", "--ttl", "1h")]
    [InlineData("--model", "claude-opus-4-6")]
    public async Task The_order_in_which_rows_were_written_does_not_matter(params string[] words)
    {
        var calls = Mixed();
        var shuffled = calls.ToArray();
        new Random(7).Shuffle(shuffled);

        Assert.Equal((await Totals(calls, words)).GetRawText(), (await Totals(shuffled, words)).GetRawText());
    }

    [Theory]
    [InlineData("model", "--ttl", "1h")]
    [InlineData("session,day", "--ttl", "1h")]
    [InlineData("provider,hour", "--no-cache")]
    [InlineData("tag:team,month", "--model", "claude-haiku-4-5")]
    [InlineData("week", "--batch")]
    public async Task Groups_add_up_to_the_totals(string by, params string[] words)
    {
        using var ledger = await WrittenLedger.OfAsync(SampleTraffic.Some());

        var report = Report(ledger, [.. words, "--by", by]);

        foreach (var name in new[] { "cost_usd", "cost_usd_then", "cost_usd_then_low", "cost_usd_then_high", "difference_usd" })
        {
            Assert.Equal(Dollars(report.GetProperty("totals"), name), report.GetProperty("groups").EnumerateArray().Sum(g => Dollars(g, name)));
        }

        foreach (var name in new[] { "calls", "cheaper", "dearer" })
        {
            Assert.Equal(report.GetProperty("totals").GetProperty(name).GetInt64(), report.GetProperty("groups").EnumerateArray().Sum(g => g.GetProperty(name).GetInt64()));
        }
    }

    [Fact]
    public async Task Another_tokenizer_scales_tokens_within_an_interval_and_the_same_one_does_not()
    {
        var calls = Conversation(1, 6, PromptLifetime.FiveMinutes);

        var same = await Totals(calls, "--model", "claude-opus-5");
        var other = await Totals(calls, "--model", "claude-opus-4-6");

        Assert.Equal(same.GetProperty("tokens").GetRawText(), same.GetProperty("tokens_then").GetRawText());
        Assert.Equal(Dollars(same, "cost_usd_then_low"), Dollars(same, "cost_usd_then_high"));
        Assert.True(Dollars(other, "cost_usd_then_low") < Dollars(other, "cost_usd_then") && Dollars(other, "cost_usd_then") < Dollars(other, "cost_usd_then_high"));
        Assert.InRange(Tokens(other, "tokens_then") / Tokens(other, "tokens"), 0.7, 0.8);
    }

    [Fact]
    public async Task What_was_cached_before_the_period_is_known_in_it()
    {
        var calls = Conversation(6, 2, PromptLifetime.FiveMinutes);
        using var ledger = await WrittenLedger.OfAsync(calls);

        var since = calls[^1].StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var totals = Report(ledger, "--ttl", "1h", "--since", since).GetProperty("totals");

        Assert.Equal(1, totals.GetProperty("calls").GetInt32());
        Assert.Equal(calls[^2].Usage!.TotalInputTokens - 3, totals.GetProperty("tokens_then").GetProperty("cache_read").GetInt64());
    }

    [Fact]
    public async Task Calls_that_the_filter_leaves_out_fill_the_cache_all_the_same()
    {
        var calls = Conversation(6, 2, PromptLifetime.FiveMinutes).ToList();
        calls[^1] = calls[^1] with { Labels = new CallLabels { Session = "mine" } };
        using var ledger = await WrittenLedger.OfAsync(calls);

        var totals = Report(ledger, "--ttl", "1h", "--session", "mine").GetProperty("totals");

        Assert.Equal((1, calls[^2].Usage!.TotalInputTokens - 3), (totals.GetProperty("calls").GetInt32(), totals.GetProperty("tokens_then").GetProperty("cache_read").GetInt64()));
    }

    [Fact]
    public async Task A_prompt_that_was_only_counted_is_in_no_tokens()
    {
        var calls = Conversation(6, 4, PromptLifetime.FiveMinutes);
        var counted = calls[0] with
        {
            Id = CallId.FirstAt(calls[^1].StartedAt + TimeSpan.FromMinutes(1)),
            Operation = Operation.CountTokens,
            Usage = new TokenUsage { InputTokens = 1_000_000 },
            Cost = new CallCost { Basis = CostBasis.Unbilled },
        };

        var without = await Totals(calls, "--ttl", "1h");
        var with = await Totals([.. calls, counted], "--ttl", "1h");

        Assert.Equal(without.GetProperty("tokens").GetRawText(), with.GetProperty("tokens").GetRawText());
        Assert.Equal(without.GetProperty("tokens_then").GetRawText(), with.GetProperty("tokens_then").GetRawText());
        Assert.Equal(calls.Count + 1, with.GetProperty("calls").GetInt32());
    }

    private static IReadOnlyList<CallRecord> Conversation(int minutes, int turns, PromptLifetime lifetime) =>
        SampleTraffic.Conversation(1, [.. Enumerable.Repeat(TimeSpan.FromMinutes(minutes), turns)], lifetime);

    private static List<CallRecord> Mixed() =>
    [
        .. Conversation(1, 7, PromptLifetime.FiveMinutes),
        .. SampleTraffic.Conversation(2, [TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(2), TimeSpan.FromHours(2), TimeSpan.FromMinutes(20)]),
    ];

    private static decimal CostOf(IEnumerable<CallRecord> calls) => calls.Sum(call => (decimal)call.Cost.Total!.Value.Value) / NanoUsd.PerDollar;

    private static async Task<JsonElement> Totals(IReadOnlyList<CallRecord> calls, params string[] words)
    {
        using var ledger = await WrittenLedger.OfAsync(calls);
        return Report(ledger, words).GetProperty("totals");
    }

    private static JsonElement Report(WrittenLedger ledger, params string[] words)
    {
        var (code, output, errors) = ledger.Program().Run(["whatif", .. words, "--format", "json"]);
        Assert.Equal(("", ExitCode.Fine), (errors, code));
        return JsonElement.Parse(output);
    }

    private static decimal Dollars(JsonElement json, string name) => decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static double Tokens(JsonElement totals, string name) => totals.GetProperty(name).EnumerateObject().Sum(p => p.Value.GetInt64());
}
