using CostLedger.Querying;
using CostLedger.Querying.Conversations;
using CostLedger.Records;
using CostLedger.Records.Tools;
using CostLedger.Rows;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Querying.Conversations;

public sealed class ConversationQuestionsTests : IDisposable
{
    private const string Long = "a message that is long enough to be evidence of where it came from, wherever it stands";

    private static readonly DateTimeOffset Start = Storage.SomeCalls.Simple(0).StartedAt;

    private readonly LedgerFolder _folder = new();

    [Fact]
    public void A_conversation_that_nobody_named_can_be_asked_for_by_the_id_of_a_call()
    {
        var one = Dialogue.Of("hi");
        var two = one.Answers("hello").Says("so?");
        PromptTrees.Store(_folder, [one.Call(1), two.Call(2), two.Answers("well").Says("and?").Call(3), Dialogue.Of("you").Call(4), Dialogue.Of("me").For(conversation: "chat").Call(5)]);
        using var reader = LedgerReader.Open(_folder.Ledger);
        CallFilter Filter(params string[] names) => reader.WithConversationCalls(new CallFilter { Conversations = names });

        var name = reader.Conversations(new CallFilter()).Conversations[0].Name;

        Assert.Equal(one.Call(1).Id.ToString(), name);
        Assert.Equal(3, reader.Calls(Filter(name)).Count());
        Assert.Equal(3, reader.Calls(Filter(two.Call(2).Id.ToString())).Count());
        Assert.Equal(4, reader.Usage(Filter(name, "chat"), [], TimeZoneInfo.Utc).Totals.Calls);
        Assert.Equal(3, Assert.Single(reader.Conversations(Filter(name)).Conversations).Totals.Calls);
        Assert.Empty(reader.Calls(Filter(Dialogue.Of("hi").Call(99).Id.ToString())));
    }

    [Fact]
    public void A_prompt_that_extends_an_earlier_one_belongs_to_it()
    {
        var one = Dialogue.Of("hi");
        var two = one.Answers("hello").Says("what is new?");
        var three = two.Uses("search").Gets("nothing");

        var conversation = Assert.Single(Ask(one.Call(1), two.Call(2), three.Call(3)));

        Assert.Equal([1, 2, 3], conversation.Turns.Select(t => t.Number));
        Assert.Equal([ConversationChange.Start, ConversationChange.Continued, ConversationChange.Continued], conversation.Turns.Select(t => t.Change));
        Assert.Equal((one.Call(1).Id.ToString(), false, false), (conversation.Name, conversation.IsNamed, conversation.BeganEarlier));
        Assert.Equal((3, 3_300L), (conversation.Totals.Calls, conversation.Totals.Cost.Value));
        Assert.Equal([null, "hellowhat is new?".Length, "searchnothing".Length], conversation.Turns.Select(t => t.Growth));
        Assert.Equal(one.Call(1).Id, conversation.Turns[1].Previous);
    }

    [Fact]
    public void Output_of_an_answer_that_was_cut_off_is_counted_as_it_is_priced()
    {
        var cutOff = Dialogue.Of("hi").Call(1, output: 3);
        cutOff = cutOff with { Estimate = new TokenEstimate { OutputTokens = 40 }, Cost = cutOff.Cost with { Basis = CostBasis.Estimated } };
        var whole = Dialogue.Of("hi").Answers("hello").Says("so?").Call(2) with { Estimate = new TokenEstimate { OutputTokens = 5 } };

        var totals = Assert.Single(Ask(cutOff, whole)).Totals;

        Assert.Equal((50L, 1L, 2L), (totals.OutputTokens, totals.Estimated, totals.Calls));
    }

    [Fact]
    public void Conversations_that_begin_with_the_same_words_are_not_thrown_together()
    {
        var hi = Dialogue.Of("hi");
        var calls = new List<CallRecord>();
        for (var i = 0; i < 50; i++)
        {
            calls.AddRange([hi.Call(i), hi.Answers($"hello {i}").Says("one").Call(100 + i), hi.Answers($"hello {i}").Says("one").Answers("so").Says("two").Call(200 + i)]);
        }

        var found = Ask([.. calls]);

        Assert.Equal(50, found.Count);
        Assert.All(found, c => Assert.Equal([1, 2, 3], c.Turns.Select(t => t.Number)));
        Assert.All(found, c => Assert.False(c.IsForked));
    }

    [Fact]
    public void Agents_that_say_the_same_all_along_are_told_apart()
    {
        var one = Dialogue.Of("check").Uses("status").Gets("fine");
        var found = Ask(Dialogue.Of("check").Call(1), one.Call(2), one.Answers("ok").Says("bye").Call(3), Dialogue.Of("check").Call(11), one.Call(12), one.Answers("ok").Says("bye").Call(13));

        Assert.Equal([3, 3], found.Select(c => c.Turns.Count));
    }

    [Fact]
    public void The_answer_that_stands_in_a_prompt_tells_which_greeting_it_continues()
    {
        var hi = Dialogue.Of("hi");
        var found = Ask(hi.Call(1, output: 80), hi.Call(2, output: 3), hi.Answers(Long).Says("go on").Call(3));

        Assert.Equal([2, 1], found.Select(c => c.Turns.Count));
    }

    [Fact]
    public void A_retry_is_the_same_turn()
    {
        var hi = Dialogue.Of("hi");
        var failed = hi.Call(1) with { Outcome = CallOutcome.Error, HttpStatus = 529 };
        var retried = hi.Call(3) with { FirstAttemptId = failed.Id, Attempt = 2 };
        var tied = Assert.Single(Assert.Single(Ask(failed, retried)).Turns);

        Assert.Equal([failed.Id, retried.Id], tied.Calls);
        Assert.Equal(2, tied.Totals.Calls);
    }

    [Fact]
    public void A_turn_tells_apart_what_the_attempt_took_that_answered()
    {
        var sources = new InputBySource { System = 8, Messages = 2, Overhead = 1 };
        var canceled = Dialogue.Of("hi").Call(1, output: 4) with { Outcome = CallOutcome.Canceled };
        var answered = Dialogue.Of("hi").Call(3, output: 20) with
        {
            FirstAttemptId = canceled.Id,
            Attempt = 2,
            Estimate = new TokenEstimate { InputTokens = 11, ColdInputTokens = 11, Sources = sources },
        };

        var turn = Assert.Single(Assert.Single(Ask(canceled, answered)).Turns);

        Assert.Equal((answered.Id, 20L, sources), (turn.AnsweredBy, turn.Answer.OutputTokens, turn.Sources));
        Assert.Equal((1_100L, 1_000L), (turn.Answer.Cost.Value, turn.Answer.InputCost.Value));
        Assert.Equal((24L, 2_200L, 2_000L), (turn.Totals.OutputTokens, turn.Totals.Cost.Value, turn.Totals.InputCost.Value));
    }

    [Fact]
    public void What_is_sent_again_soon_after_a_failure_is_a_retry_even_where_nothing_ties_it()
    {
        var hi = Dialogue.Of("hi");
        var failed = hi.Call(1) with { Outcome = CallOutcome.Error };

        Assert.Single(Ask(failed, hi.Call(30)));
        Assert.Equal(2, Asked(failed, hi.Call(3_000)).Count);
    }

    [Fact]
    public void Two_continuations_of_one_turn_are_a_fork()
    {
        var one = Dialogue.Of("hi").Answers("hello").Says("tell me");
        var conversation = Assert.Single(Ask(
            Dialogue.Of("hi").Call(1), one.Call(2), one.Answers("this").Says("more").Call(3), one.Answers("this").Says("less").Call(4), one.Answers("this").Says("less").Answers("fine").Says("thanks").Call(5)));

        Assert.Equal([(1, 0), (2, 0), (3, 0), (3, 1), (4, 1)], conversation.Turns.Select(t => (t.Number, t.Branch)));
        Assert.Equal(ConversationChange.Forked, conversation.Turns[3].Change);
        Assert.True(conversation.IsForked);
        Assert.False(conversation.IsEdited);
    }

    [Fact]
    public void A_change_in_the_middle_is_an_edit()
    {
        var one = Dialogue.Of("hi").Answers("hello").Says("tell me");
        var two = one.Answers(Long).Says("and then?");
        var edited = two.Answers(Long + " again").Says("more").Edit(1, "good day");

        var conversation = Assert.Single(Ask(Dialogue.Of("hi").Call(1), one.Call(2), two.Call(3), edited.Call(4)));

        Assert.Equal((4, ConversationChange.Edited), (conversation.Turns[^1].Number, conversation.Turns[^1].Change));
        Assert.True(conversation.IsEdited);
        Assert.False(conversation.IsForked);
    }

    [Fact]
    public void A_change_far_back_in_a_history_of_short_words_is_an_edit_and_no_fork()
    {
        var one = Dialogue.Of("hi").Uses("status").Gets("fine");
        var two = one.Answers("it is well").Says("and mine?").Answers("so is it").Says("thanks");
        var three = two.Answers("good bye").Says("one more");

        var conversation = Assert.Single(Ask(Dialogue.Of("hi").Call(1), one.Call(2), two.Call(3), three.Edit(2, "gone").Call(4)));

        Assert.Equal((4, ConversationChange.Edited), (conversation.Turns[^1].Number, conversation.Turns[^1].Change));
        Assert.False(conversation.IsForked);
    }

    [Fact]
    public void The_same_few_words_in_another_branch_are_a_fork()
    {
        var one = Dialogue.Of("hi").Answers("hello").Says("tell me");
        var two = one.Answers("one thing").Says("yes").Answers("ok").Says("go on");

        var conversation = Assert.Single(Ask(Dialogue.Of("hi").Call(1), one.Call(2), two.Call(3), one.Answers("another").Says("no").Answers("ok").Says("go on").Call(4)));

        Assert.Equal((3, ConversationChange.Forked), (conversation.Turns[^1].Number, conversation.Turns[^1].Change));
    }

    [Fact]
    public void A_reminder_that_is_taken_out_again_is_an_edit_and_no_fork()
    {
        var one = Dialogue.Of("hi").Uses("status").Gets("fine");
        var conversation = Assert.Single(Ask(Dialogue.Of("hi").Call(1), one.And("remember the milk").Call(2), one.Answers("so").Says("on").Call(3)));

        Assert.Equal([ConversationChange.Start, ConversationChange.Continued, ConversationChange.Edited], conversation.Turns.Select(t => t.Change));
        Assert.Equal([1, 2, 3], conversation.Turns.Select(t => t.Number));
    }

    [Fact]
    public void Another_system_prompt_goes_on_with_the_same_messages()
    {
        var one = Dialogue.Of("hi", "it is 9:00");
        var two = one.Answers("hello").Says("tell me");
        var three = two.Answers("so").Says("more");
        var conversation = Assert.Single(Ask(one.Call(1), two.Under("it is 9:01").Call(2), three.Under("it is 9:02").Call(3)));

        Assert.Equal([ConversationChange.Start, ConversationChange.Reframed, ConversationChange.Reframed], conversation.Turns.Select(t => t.Change));
        Assert.Equal([1, 2, 3], conversation.Turns.Select(t => t.Number));
        Assert.Equal((false, true), (conversation.IsEdited, conversation.IsReframed));
    }

    [Fact]
    public void The_same_greeting_under_another_system_prompt_is_another_conversation() =>
        Assert.Equal(2, Ask(Dialogue.Of("hi", "be brief").Call(1), Dialogue.Of("hi", "be verbose").Call(2)).Count);

    [Fact]
    public void A_block_of_the_provider_that_stands_for_the_history_is_a_compaction()
    {
        var one = Dialogue.Of(Long);
        var two = one.Answers("so").Says("on");
        var kept = two.Compacts("all of it").Says("go on");

        Assert.Equal(ConversationChange.Compacted, Assert.Single(Ask(one.Call(1), two.Call(2), kept.Call(3))).Turns[^1].Change);
    }

    [Fact]
    public void A_history_that_shrinks_to_its_end_is_a_compaction()
    {
        var one = Dialogue.Of(Long + Long + Long);
        var two = one.Answers(Long).Says("a question of some length, to be told by");
        var short_ = two.Answers("so").Says("on").From(1);

        var conversation = Assert.Single(Ask(one.Call(1), two.Call(2), short_.Call(3)));
        Assert.Equal((3, ConversationChange.Compacted), (conversation.Turns[^1].Number, conversation.Turns[^1].Change));
        Assert.True(conversation.IsCompacted);
    }

    [Fact]
    public void In_a_session_a_summary_takes_the_place_of_what_it_was_written_from()
    {
        var one = Dialogue.Of(string.Concat(Enumerable.Repeat(Long, 9))).For(session: "s");
        var summary = Dialogue.Of($"This session is continued. {Long}").For(session: "s");

        Assert.Equal(ConversationChange.Compacted, Assert.Single(Ask(one.Call(1, output: 90), summary.Call(2))).Turns[^1].Change);
        Assert.Equal(2, Asked(one.Call(1, output: 90), summary.For(session: "t").Call(2)).Count);
        Assert.Equal(2, Asked(one.Call(1, output: 90), Dialogue.Of("a new one").For(session: "s").Call(2)).Count);
    }

    [Fact]
    public void The_applications_own_name_decides()
    {
        var one = Dialogue.Of("hi").For("s", "support-1");
        var other = Dialogue.Of("hi").Answers("hello").Says("you").For("s", "support-2");
        var named = Ask(one.Call(1), other.Call(2), Dialogue.Of("quite another prompt").For("s", "support-1").Call(3), Storage.SomeCalls.Simple(4) with { Labels = one.Labels });

        Assert.Equal([("support-1", 3), ("support-2", 1)], named.Select(c => (c.Name, c.Turns.Count)));
        Assert.All(named, c => Assert.Equal((true, "s"), (c.IsNamed, c.Session)));
    }

    [Fact]
    public void Calls_of_which_nothing_is_known_are_counted_alone()
    {
        PromptTrees.Store(_folder, [Storage.SomeCalls.Simple(1), Storage.SomeCalls.Simple(2) with { Labels = new CallLabels { Session = "s" } }, Dialogue.Of("hi").Call(3)]);
        using var reader = LedgerReader.Open(_folder.Ledger);

        var report = reader.Conversations(new CallFilter());

        Assert.Equal((2, 2), (report.Alone.Calls, report.Alone.Unpriced));
        Assert.Equal(1, report.AloneBySession["s"].Calls);
        Assert.Single(report.Conversations);
    }

    [Fact]
    public void A_conversation_whose_beginning_was_pruned_goes_on()
    {
        var one = Dialogue.Of("hi").Answers("hello").Says("tell me");
        PromptTrees.Store(_folder, [Dialogue.Of("hi").Call(1), one.Call(2), one.Answers("so").Says("more").Call(30), one.Answers("so").Says("more").Answers("that").Says("bye").Call(40)]);
        Prune(Start.AddSeconds(20));

        var conversation = Assert.Single(Read());

        Assert.True(conversation.BeganEarlier);
        Assert.Equal([1, 2], conversation.Turns.Select(t => t.Number));
    }

    [Fact]
    public void Turns_before_the_period_count_on_and_are_not_summed()
    {
        var prompts = new List<Dialogue> { Dialogue.Of("hi") };
        for (var i = 1; i < 40; i++)
        {
            prompts.Add(prompts[^1].Answers($"answer {i}").Says($"question {i}"));
        }

        PromptTrees.Store(_folder, prompts.Select((p, i) => p.Call(i)));

        var conversation = Assert.Single(Read(new CallFilter { Since = Start.AddSeconds(30) }));

        Assert.Equal(Enumerable.Range(31, 10), conversation.Turns.Select(t => t.Number));
        Assert.Equal(prompts[0].Call(0).Id.ToString(), conversation.Name);
        Assert.Equal((10, false), (conversation.Totals.Calls, conversation.BeganEarlier));
    }

    [Fact]
    public void Conditions_choose_what_is_counted_and_not_what_belongs_together()
    {
        var one = Dialogue.Of("hi");
        var two = one.Answers("hello").Says("on");
        PromptTrees.Store(_folder, [one.Call(1), two.Call(2) with { ModelRequested = "claude-haiku-5-5" }, two.Answers("so").Says("more").Call(3)]);

        var conversation = Assert.Single(Read(new CallFilter { Models = ["*opus*"] }));

        Assert.Equal([1, 3], conversation.Turns.Select(t => t.Number));
        Assert.Equal(2, conversation.Totals.Calls);
    }

    [Fact]
    public void Calls_that_are_answered_out_of_order_continue_the_one_that_was_over()
    {
        var hi = Dialogue.Of("hi");
        var slow = hi.Call(1) with { Timing = new CallTiming { Total = TimeSpan.FromSeconds(60) } };
        var found = Ask(slow, hi.Call(2), hi.Answers("a").Says("one").Call(4), hi.Answers("b").Says("two").Call(90));

        Assert.Equal([slow.Id.ToString(), hi.Call(2).Id.ToString()], found.Select(c => c.Name));
        Assert.Equal([90, 4], found.Select(c => (c.Turns[1].StartedAt - Start).TotalSeconds));
    }

    [Fact]
    public void The_money_of_a_loop_is_that_of_the_calls_since_its_first_result()
    {
        var prompt = Dialogue.Of("hi");
        var calls = new List<CallRecord> { prompt.Call(0) };
        for (var i = 1; i <= 5; i++)
        {
            prompt = prompt.Uses("read").Gets("same");
            var loop = i < 3 ? null : new ToolLoop { Kind = ToolLoopKind.Repeat, Tool = "read", Rounds = i, SinceMessage = 2, IsFirst = i == 3 };
            calls.Add(prompt.Call(i) with { ToolLoop = loop });
        }

        var found = Assert.Single(Assert.Single(Ask([.. calls])).Loops);

        Assert.Equal((5, calls[1].Id, calls[3].Id), (found.Loop.Rounds, found.FirstCall, found.RecognisedAt));
        Assert.Equal((5, 5_500L), (found.AtRisk.Calls, found.AtRisk.Cost.Value));
    }

    public void Dispose() => _folder.Dispose();

    private void Prune(DateTimeOffset before)
    {
        using var store = LedgerStore.Open(_folder.Ledger, survivePowerLoss: false, TimeProvider.System, Assert.Fail);
        Assert.True(store.TryBegin());
        store.Prune(pruner => pruner.PruneCalls(CallId.FirstAt(before), 1_000));
        store.Commit();
    }

    private IReadOnlyList<Conversation> Ask(params CallRecord[] calls)
    {
        PromptTrees.Store(_folder, calls);
        return Read();
    }

    private static IReadOnlyList<Conversation> Asked(params CallRecord[] calls)
    {
        using var folder = new LedgerFolder();
        PromptTrees.Store(folder, calls);
        using var reader = LedgerReader.Open(folder.Ledger);
        return reader.Conversations(new CallFilter()).Conversations;
    }

    private IReadOnlyList<Conversation> Read(CallFilter? filter = null)
    {
        using var reader = LedgerReader.Open(_folder.Ledger);
        return reader.Conversations(filter ?? new CallFilter()).Conversations;
    }
}
