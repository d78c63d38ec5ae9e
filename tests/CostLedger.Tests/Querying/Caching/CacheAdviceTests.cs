using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Caching;
using CostLedger.Querying.Caching.Advice;
using CostLedger.Records;
using CostLedger.Tests.Storage;
using Xunit;
using static CostLedger.Tests.Querying.Caching.CacheTraffics;

namespace CostLedger.Tests.Querying.Caching;

public sealed class CacheAdviceTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Fact]
    public void Repeated_prompts_without_a_mark_are_worth_caching()
    {
        // Eight blocks again and again, a minute apart: the first is written, the others are read but for the new block.
        var calls = Enumerable.Range(0, 10).Select(i => Call(i, Blocks(8 + i), Usage(input: BlockTokens * (8 + i)))).ToList();
        var price = PriceOf(Usage(input: 1_000_000));
        var sent = Enumerable.Range(8, 10).Sum();
        var read = Enumerable.Range(8, 9).Sum();
        var expected = (sent - (read * 0.1m) - ((sent - read) * 1.25m)) * BlockTokens * price / 1_000_000;

        var advice = Assert.Single(Ask(calls).Advice);

        Assert.Equal(("unmarked_prefix", Model, 10), (advice.Kind, advice.Model, advice.Calls));
        Assert.Equal((double)expected, advice.Saving.Value, 1e-6 * (double)expected);
        Assert.False(advice.IsMeasured);
    }

    [Fact]
    public void Prompts_that_come_too_seldom_or_are_marked_or_differ_need_no_mark()
    {
        Assert.Empty(Ask(Enumerable.Range(0, 10).Select(i => Call(6 * i, Blocks(8), Usage(input: 8000)))).Advice);
        Assert.Empty(Ask(Enumerable.Range(0, 10).Select(i => Call(i, Blocks(8, 100 * i), Usage(input: 8000)))).Advice);
        Assert.Empty(Ask(Enumerable.Range(0, 10).Select(i => Call(i, Blocks(8), i == 0 ? Usage(written5m: 8000) : Usage(read: 8000), Five(8)))).Advice);
    }

    [Fact]
    public void A_marked_prefix_that_is_a_little_short_is_told_by_how_much()
    {
        var minimum = PriceBook.Default.Match(Model).Row!.MinCacheableTokens!.Value;
        var calls = Enumerable.Range(0, 200).Select(i => With(Bare(i, Usage(input: 2 * (minimum - 38))), [1, 100 + i], [Five(1)])).ToList();

        var advice = Assert.Single(Ask(calls).Advice);

        Assert.Equal(("below_minimum", 200), (advice.Kind, advice.Calls));
        Assert.Contains("38 tokens short", advice.Found, StringComparison.Ordinal);
        Assert.Empty(Ask(calls.Select(c => With(c, [1, 2, 3, 4, 5, 6], [Five(1)]))).Advice);
    }

    [Fact]
    public void An_hour_pays_where_prompts_come_again_after_five_minutes()
    {
        var late = Enumerable.Range(0, 10).Select(i => Call(20 * i, Blocks(8 + i), Usage(written5m: BlockTokens * (8 + i)), Five(8 + i))).ToList();

        var advice = Assert.Single(Ask(late).Advice);

        Assert.Equal(("use_1h", 10), (advice.Kind, advice.Calls));
        Assert.Contains("9 of 10 calls came 5 to 60 minutes after", advice.Found, StringComparison.Ordinal);
        Assert.Empty(Ask(Enumerable.Range(0, 10).Select(i => Call(i, Blocks(8 + i), i == 0 ? Usage(written5m: 8000) : Usage(read: BlockTokens * (7 + i), written5m: 1000), Five(8 + i)))).Advice);
        Assert.Empty(Ask(Enumerable.Range(0, 10).Select(i => Call(70 * i, Blocks(8 + i), Usage(written5m: BlockTokens * (8 + i)), Five(8 + i)))).Advice);
    }

    [Fact]
    public void An_hour_for_prefixes_that_change_supposes_that_they_do_not()
    {
        var late = Enumerable.Range(0, 10).Select(i => Call(20 * i, Blocks(8 + i), Usage(written5m: BlockTokens * (8 + i)), Five(8 + i))).ToList();
        const string Condition = "This supposes that the prefixes stay as they are";

        var advice = Ask(late.Concat(Losing("system_changed", 20_000_000).Select((c, i) => c with { Id = CallId.Create(Start.AddMinutes(300 + i), 1) }))).Advice;

        Assert.Contains(Condition, Assert.Single(advice, a => a.Kind == "use_1h").Found, StringComparison.Ordinal);
        Assert.DoesNotContain(Condition, Assert.Single(Ask(late).Advice).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_minutes_are_enough_where_prompts_come_again_at_once()
    {
        CallRecord[] Calls(int gap) => [.. Enumerable.Range(0, 20).Select(i => Call(gap * i, Blocks(8 + i), i == 0 ? Usage(written1h: 8000) : Usage(read: BlockTokens * (7 + i), written1h: 1000), Hour(8 + i)))];
        var written = 8 + 19;
        var expected = written * (2 - 1.25m) * BlockTokens * PriceOf(Usage(input: 1_000_000)) / 1_000_000;

        var advice = Assert.Single(Ask(Calls(1)).Advice);

        Assert.Equal("use_5m", advice.Kind);
        Assert.Equal((double)expected, advice.Saving.Value, 1e-6 * (double)expected);
        Assert.Empty(Ask(Calls(20)).Advice);
    }

    [Fact]
    public void What_was_read_all_the_same_or_lost_for_another_reason_is_not_gained_by_an_hour()
    {
        // Requests that are not in the ledger kept it alive.
        Assert.Empty(Ask(Enumerable.Range(0, 10).Select(i => Call(20 * i, Blocks(8 + i), i == 0 ? Usage(written5m: 8000) : Usage(read: BlockTokens * (7 + i), written5m: 1000), Five(8 + i)))).Advice);
        Assert.DoesNotContain(
            Ask(Enumerable.Range(0, 10).Select(i => Lost(Call(20 * i, Blocks(8 + i), Usage(written5m: BlockTokens * (8 + i)), Five(8 + i)), "tool_choice_changed", 8000, 40_000_000))).Advice,
            a => a.Kind == "use_1h");
    }

    [Theory]
    [InlineData("system_changed", "unstable_prefix", "system[0] changes every 60 s, at byte 1,808 of 5,120")]
    [InlineData("messages_edited", "unstable_prefix", "earlier messages change every 60 s")]
    [InlineData("tools_reordered", "tool_order", "10 calls sent the same tools in another order")]
    [InlineData("concurrent_first_write", "parallel_writes", "10 calls in 1 burst")]
    [InlineData("lookback_exceeded", "far_breakpoints", "more than 20 blocks")]
    [InlineData("thinking_changed", "changing_settings", "thinking or effort differed")]
    public void What_was_lost_for_a_reason_is_what_its_remedy_saves(string reason, string kind, string words)
    {
        var advice = Assert.Single(Ask(Losing(reason, 20_000_000)).Advice);

        Assert.Equal((kind, 10, new NanoUsd(200_000_000), true), (advice.Kind, advice.Calls, advice.Saving, advice.IsMeasured));
        Assert.Contains(words, advice.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system_changed", 100)]
    [InlineData("provider_evicted", 20_000_000)]
    [InlineData("unknown", 20_000_000)]
    [InlineData("ttl_expired_1h", 20_000_000)]
    public void What_is_worth_little_or_has_no_remedy_is_not_advised_on(string reason, long each) => Assert.Empty(Ask(Losing(reason, each)).Advice);

    [Fact]
    public void Bursts_are_told_apart_by_a_minute_of_rest()
    {
        var calls = new[] { 0, 0.1, 0.2, 9, 9.1 }.Select(minute => Lost(Bare(minute, Usage(written5m: 8000)), "concurrent_first_write", 8000, 20_000_000, isMissed: true));

        Assert.Contains("5 calls in 2 bursts", Assert.Single(Ask(calls).Advice).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Tools_that_are_sent_again_and_again_and_never_called_are_told_of()
    {
        var calls = Enumerable.Range(0, 40).Select(i => Call(i, [i % 2, 50, 60], Usage(input: 3000), Five(3))).ToList();
        Store(calls);
        Assert.DoesNotContain(Ask().Advice, a => a.Kind == "unused_tools");

        Execute("CREATE TABLE IF NOT EXISTS tool_rounds (id BLOB, place INTEGER, key BLOB, tool INTEGER, is_server INTEGER, is_error INTEGER, arguments BLOB, result BLOB, use_tokens INTEGER, result_tokens INTEGER)");
        Assert.DoesNotContain(Ask().Advice, a => a.Kind == "unused_tools");

        Execute("INSERT INTO tool_rounds SELECT (SELECT min(id) FROM calls), 0, x'01', (SELECT id FROM strings WHERE value = 'tool_0'), 0, 0, x'', x'', 1, 1");
        var advice = Assert.Single(Ask().Advice, a => a.Kind == "unused_tools");

        Assert.Equal(("tool_1", 20), (advice.Subject, advice.Calls));
        Assert.Equal(20 * BlockTokens * PriceOf(Usage(input: 1_000_000)) / 1_000_000, advice.Saving.Value);
    }

    [Fact]
    public void What_nobody_read_in_time_is_counted_where_that_is_certain()
    {
        // The last turn of one conversation; another goes on; a third has not ended yet when the ledger does.
        CallRecord[] calls =
        [
            Call(0, [1, 2, 3, 4, 5, 6], Usage(read: 4000, written5m: 2000), Five(6)),
            Call(1, [1, 2, 13, 14], Usage(read: 3000, written5m: 1000), Five(4)),
            Call(2, [1, 2, 13, 14, 15], Usage(read: 4000, written5m: 1000), Five(5)),
            Call(30, [1, 2, 23], Usage(read: 2500, written5m: 500), Five(3)),
        ];

        var unread = Ask(calls).UnreadWrites;

        Assert.Equal((2, 3000), (unread.Count, unread.Tokens));
        Assert.Equal(3000 * 0.25m * PriceOf(Usage(input: 1_000_000)) / 1_000_000, unread.Cost.Value);
    }

    [Fact]
    public void Writes_of_calls_that_have_nothing_in_common_are_never_read()
    {
        // The system prompt, which is marked, is another each time.
        var calls = Enumerable.Range(0, 5).Select(i => Call(i, [1, 100 + i, 200 + i], Usage(input: 1000, written5m: 2000), Five(2))).Append(Call(60, [1, 9], Usage(input: 2000)));

        Assert.Equal((5, 10_000), (Ask(calls).UnreadWrites.Count, Ask().UnreadWrites.Tokens));
    }

    [Fact]
    public void What_a_call_wrote_up_to_a_breakpoint_that_another_holds_counts_as_read()
    {
        CallRecord[] calls =
        [
            Call(0, [1, 2, 3, 4], Usage(written5m: 4000), Five(2), Five(4)),
            Call(1, [1, 2, 13, 14], Usage(read: 2000, written5m: 2000), Five(2), Five(4)),
            Call(60, [9, 9], Usage(input: 2000)),
        ];

        var unread = Ask(calls).UnreadWrites;

        // By the ledger's count, which may be wrong by a twentieth.
        Assert.Equal((2, 4000 - 100), (unread.Count, unread.Tokens));
    }

    [Fact]
    public void What_calls_outside_the_filter_have_read_was_read()
    {
        var calls = Enumerable.Range(0, 6).Select(i => Call(4 * i, [1, 2, 100 + i], i == 0 ? Usage(input: 1000, written5m: 2000) : Usage(input: 1000, read: 2000), Five(2)) with
        {
            Labels = new CallLabels { Session = i < 1 ? "one" : null },
        });
        Store(calls.Append(Call(90, [1, 9], Usage(input: 2000))));

        Assert.Equal(0, Ask(new CallFilter { Sessions = ["one"] }).UnreadWrites.Count);
        Assert.Equal(0, Ask(new CallFilter { Until = Start.AddMinutes(2) }).UnreadWrites.Count);
    }

    [Fact]
    public void A_block_that_is_new_in_each_call_is_told_although_no_conversation_loses_anything()
    {
        // One call a minute; the time stands in the system prompt.
        var calls = Enumerable.Range(0, 8).Select(i => Call(i, [1, 100 + i, 200 + i], Usage(input: 1000, written5m: 2000), Five(2))).ToList();
        var price = PriceOf(Usage(input: 1_000_000)) / 1_000_000;

        var advice = Assert.Single(Ask(calls).Advice);

        Assert.Equal(("unstable_prefix", "system[0]", 7, false), (advice.Kind, advice.Subject, advice.Calls, advice.IsMeasured));
        Assert.Equal((double)(7 * 2000 * (1.25m - 0.1m) * price), advice.Saving.Value, 1);
        Assert.Contains("system[0] changes every 60 s;", advice.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_differs_is_no_habit_where_it_is_another_text_comes_again_or_was_gone_anyway()
    {
        IEnumerable<CallRecord> Calls(Func<int, double> minute, Func<int, int> system, Func<int, int> tool) =>
            Enumerable.Range(0, 12).Select(i => Call(minute(i), [tool(i), system(i), 200 + i], Usage(input: 1000, written5m: 2000), Five(2)));

        Assert.Empty(Ask(Calls(i => 6 * i, i => 100 + i, _ => 1)).Advice);
        Assert.Empty(Ask(Calls(i => i, i => 100 + (i % 2), _ => 1)).Advice);
        Assert.Empty(Ask(Calls(i => i, i => 100 + i, i => 50 + i)).Advice);
        Assert.Empty(Ask(Enumerable.Range(0, 8).Select(i => With(Bare(i, Usage(written5m: 3000)), [1, 100 + i, 9], [Five(2)], 1000 + (100 * i)))).Advice);
        Assert.Empty(Ask(Enumerable.Range(0, 8).Select(i => Call(i, [1, 100 + i, 200 + i], Usage(input: 2000, written5m: 1000), Five(1)))).Advice);
    }

    [Fact]
    public void Tools_in_another_order_are_told_from_call_to_call()
    {
        int[] Order(int i) => [.. Enumerable.Range(0, 6).Select(tool => 1 + ((tool + i) % 6))];
        var calls = Enumerable.Range(0, 12).Select(i => With(Bare(6 * i / 12d, Usage(input: 1000, written5m: 7000)), [.. Order(i), 50, 200 + i], [Five(7)], tools: 6)).ToList();

        var advice = Assert.Single(Ask(calls).Advice);

        Assert.Equal(("tool_order", 11, false), (advice.Kind, advice.Calls, advice.IsMeasured));
    }

    [Fact]
    public void What_conversations_lost_and_what_other_calls_never_had_is_one_piece_of_advice()
    {
        var calls = Enumerable.Range(0, 8).Select(i => Call(20 + i, [1, 100 + i, 200 + i], Usage(input: 1000, written5m: 2000), Five(2)));
        var alone = Assert.Single(Ask(calls).Advice);

        var advice = Assert.Single(Ask(calls.Concat(Losing("system_changed", 20_000_000))).Advice);

        Assert.Equal(("unstable_prefix", "system[0]", 17, false), (advice.Kind, advice.Subject, advice.Calls, advice.IsMeasured));
        Assert.Equal(alone.Saving.Value + 200_000_000, advice.Saving.Value);
        Assert.Contains("at byte 1,808", advice.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_pruned_in_the_middle_and_calls_without_prompts_or_prices_give_no_wrong_advice()
    {
        var calls = Enumerable.Range(0, 10).Select(i => Call(i, Blocks(8 + i), Usage(input: BlockTokens * (8 + i)))).ToList();
        Store(calls);
        Execute("UPDATE prompt_nodes SET segment = NULL WHERE parent IS NULL");
        Assert.Empty(Ask().Advice);

        Assert.Empty(Ask(calls.Select(c => c with { Prompt = null })).Advice);
        Assert.Empty(Ask(calls.Select(c => c with { ModelRequested = "nobody-knows", ModelServed = "nobody-knows" })).Advice);
        Assert.Equal(0, Ask(calls.Select(c => c with { Usage = new TokenUsage { InputTokens = 5 } })).Calls);
    }

    [Fact]
    public void A_tree_that_goes_in_circles_holds_nobody_up()
    {
        Store([Call(0, Blocks(8), Usage(input: 8000)), Call(1, Blocks(8), Usage(input: 8000))]);
        Execute("UPDATE prompt_nodes SET parent = (SELECT max(id) FROM prompt_nodes) WHERE parent IS NULL");

        Assert.Empty(Ask().Advice);
    }

    public void Dispose() => _folder.Dispose();

    private static int[] Blocks(int count, int first = 1) => [.. Enumerable.Range(first, count)];

    private static IEnumerable<CallRecord> Losing(string reason, long each) =>
        Enumerable.Range(0, 10).Select(i => Lost(Bare(i, Usage(written5m: 8000)), reason, 8000, each));

    private static decimal PriceOf(TokenUsage usage) => Bare(0, usage with { OutputTokens = 0 }).Cost.Total!.Value.Value;

    private void Execute(string sql)
    {
        using var connection = _folder.Connect();
        CostLedger.Storage.LedgerFile.Execute(connection, sql);
    }

    private void Store(IEnumerable<CallRecord> calls)
    {
        File.Delete(_folder.Ledger);
        PromptTrees.Store(_folder, calls);
    }

    private AdviceReport Ask(IEnumerable<CallRecord> calls)
    {
        Store(calls);
        return Ask();
    }

    private AdviceReport Ask() => Ask(new CallFilter());

    private AdviceReport Ask(CallFilter filter)
    {
        using var reader = LedgerReader.Open(_folder.Ledger);
        return reader.CacheAdvice(filter, PriceBook.Default);
    }
}
