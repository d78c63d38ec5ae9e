using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace EndToEnd.Tests.Whatif;

/// <summary>What is foretold of an assumption is what comes of it: the same conversations are sent once as they are, and once as is assumed.</summary>
[Collection(ObservedCalls.Name)]
public sealed class WhatifTests
{
    private const decimal Tolerance = 0.02m;

    private static readonly Traffic.Cached Usual = new(System: true, Last: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_hour_instead_of_five_minutes(int seed) =>
        await Compare(seed, Usual, Usual with { Ttl = "1h" }, "--ttl", "1h");

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Five_minutes_instead_of_an_hour(int seed) =>
        await Compare(seed, Usual with { Ttl = "1h" }, Usual, "--ttl", "5m");

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_breakpoint_more_at_the_end_of_the_system_prompt(int seed) =>
        await Compare(seed, new(System: false, Last: true), Usual, "--breakpoints", "system,last");

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public async Task A_breakpoint_less_at_the_end_of_the_prompt(int seed) =>
        await Compare(seed, Usual, new(System: true, Last: false), "--breakpoints", "system");

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Automatic_caching_where_there_was_none(int seed) =>
        await Compare(seed, new(System: false, Last: false), new(System: false, Last: false) { Automatic = true }, "--breakpoints", "auto");

    [Fact]
    public async Task An_hour_for_breakpoints_elsewhere() =>
        await Compare(12, new(System: false, Last: true), Usual with { Ttl = "1h" }, "--breakpoints", "system,last", "--ttl", "1h");

    [Fact]
    public async Task Another_model_with_the_same_tokenizer() =>
        await Compare(13, Usual with { Model = "claude-opus-5" }, Usual, "--model", "claude-sonnet-5");

    [Fact]
    public async Task No_cache_is_exact_but_for_nothing()
    {
        using var was = await Traffic.SendAsync(14, Usual);
        using var then = await Traffic.SendAsync(14, new(System: false, Last: false));

        var totals = was.Report("whatif", "--no-cache").GetProperty("totals");

        Assert.Equal(then.Cost(), Dollars(totals, "cost_usd_then"));
    }

    [Theory]
    [InlineData("5m")]
    [InlineData("1h")]
    public async Task What_is_assumed_already_changes_nothing(string ttl)
    {
        using var was = await Traffic.SendAsync(15, Usual with { Ttl = ttl });

        foreach (var words in new string[][] { ["--ttl", ttl], ["--breakpoints", "system,last"], ["--model", "claude-sonnet-5"], ["--geo", "global"] })
        {
            var report = was.Report(["whatif", .. words]);
            var totals = report.GetProperty("totals");
            Assert.Equal((0m, 0, 0), (Dollars(totals, "difference_usd"), totals.GetProperty("cheaper").GetInt32(), totals.GetProperty("dearer").GetInt32()));
            AssertForeseen(report);
        }
    }

    [Theory]
    [MemberData(nameof(ChangingSettings))]
    public async Task Settings_that_change_lose_the_levels_they_belong_to(string setting)
    {
        var changing = Changing(setting);
        using var was = await Traffic.SendAsync(16, changing);

        AssertForeseen(was.Report("whatif", "--ttl", "5m"));
        await Compare(16, changing, changing with { Ttl = "1h" }, "--ttl", "1h");
    }

    public static TheoryData<string> ChangingSettings => ["tool_choice", "thinking", "inference_geo", "anthropic-beta"];

    // Every third turn is another one.
    private static Traffic.Cached Changing(string setting) => setting == "anthropic-beta"
        ? Usual with { Betas = turn => turn % 3 == 1 ? "context-management-2025-06-27" : null }
        : Usual with
        {
            Settings = (request, turn) => request[setting] = (setting, turn % 3 == 1) switch
            {
                ("tool_choice", true) => new JsonObject { ["type"] = "none" },
                ("tool_choice", false) => new JsonObject { ["type"] = "auto" },
                ("thinking", true) => new JsonObject { ["type"] = "adaptive" },
                ("thinking", false) => new JsonObject { ["type"] = "disabled" },
                ("inference_geo", true) => "us",
                _ => "global",
            },
        };

    private static async Task Compare(int seed, Traffic.Cached before, Traffic.Cached after, params string[] words)
    {
        using var was = await Traffic.SendAsync(seed, before);
        using var then = await Traffic.SendAsync(seed, after);
        var (now, expected) = (was.Cost(), then.Cost());

        var report = was.Report(["whatif", .. words]);
        var totals = report.GetProperty("totals");
        var foretold = Dollars(totals, "cost_usd_then");

        Assert.Equal(now, Dollars(totals, "cost_usd"));
        Assert.True(
            Math.Abs(foretold - expected) <= Tolerance * Math.Max(expected, Math.Abs(expected - now)),
            string.Create(CultureInfo.InvariantCulture, $"was {now}, foretold {foretold}, came {expected}: off by {(foretold - expected) / expected:P2}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"was {now}, foretold {foretold}, came {expected}: off by {(foretold - expected) / expected:P3}, of the difference {(foretold - expected) / (expected - now):P2}");
        AssertForeseen(report);
    }

    private static void AssertForeseen(JsonElement report)
    {
        if (report.GetProperty("replay") is { ValueKind: JsonValueKind.Object } replay)
        {
            Assert.Equal(replay.GetProperty("calls").GetInt64(), replay.GetProperty("calls_as_measured").GetInt64());
        }
    }

    private static decimal Dollars(JsonElement totals, string name) => decimal.Parse(totals.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
