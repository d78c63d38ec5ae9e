using CostLedger.Querying;
using CostLedger.Querying.Conversations;
using CostLedger.Querying.Tools;
using CostLedger.Records;
using CostLedger.Records.Tools;
using MessagesSimulator.Replies;
using Xunit;

namespace EndToEnd.Tests.Agents;

/// <summary>What is told of agents at work, from their requests to the reports.</summary>
[Collection(ObservedCalls.Name)]
public sealed class AgentTests
{
    private static readonly Reply Done = Reply.Text("That is done. Is there anything else that you would like to know?");

    [Fact]
    public async Task Rounds_are_paired_with_their_time_and_loops_with_their_money()
    {
        await using var office = await Office.OpenAsync();
        var agent = new Agent(office, "order 17");

        await agent.SayAsync("where is it?", LookUp(17));
        office.Wait(3);
        await agent.BringAsync(Agent.Words("result", 300), Reply.ToolUse("refund", """{"order":17}"""));
        for (var i = 0; i < 3; i++)
        {
            office.Wait(2);
            await agent.BringAsync("the service is not there", Reply.ToolUse("refund", """{ "order": 17 }"""), isError: true);
        }

        office.Wait(1);
        await agent.BringAsync("done at last", Done);

        using var reader = office.Read();
        var report = reader.Tools(new CallFilter());
        var (lookUp, refund) = (report.Tools.Single(t => t.Name == "look_up"), report.Tools.Single(t => t.Name == "refund"));
        Assert.Equal((1, 0, TimeSpan.FromSeconds(3)), (lookUp.Rounds, lookUp.Errors, lookUp.Time?.P50));
        Assert.Equal((4, 3, TimeSpan.FromSeconds(2)), (refund.Rounds, refund.Errors, refund.Time?.P50));
        Assert.True(report.Tools.Single(t => t.Name == "send_mail").IsUnused);

        var calls = office.Calls();
        var loop = Assert.Single(report.Loops).Loop;
        Assert.Equal((ToolLoopKind.Repeat, "refund", 4), (loop.Loop.Kind, loop.Loop.Tool, loop.Loop.Rounds));
        Assert.Equal((calls[2].Id, calls[4].Id), (loop.FirstCall, loop.RecognisedAt));
        Assert.Equal(calls.Skip(2).Sum(c => c.Cost?.Total?.Value ?? 0), loop.AtRisk.Cost.Value);
    }

    [Fact]
    public async Task Two_processes_that_take_turns_have_one_conversation_without_a_break()
    {
        await using var office = await Office.OpenAsync(processes: 2);
        var agent = new Agent(office, "order 18");

        await agent.SayAsync("where is it?", LookUp(18));
        for (var i = 1; i < 6; i++)
        {
            office.Wait(20);
            await agent.BringAsync(Agent.Words($"result {i}", 40), i < 5 ? LookUp(18 + i) : Done, process: i % 2);
        }

        using var reader = office.Read();
        var conversation = Assert.Single(reader.Conversations(new CallFilter()).Conversations);
        Assert.Equal([1, 2, 3, 4, 5, 6], conversation.Turns.Select(t => t.Number));
        Assert.All(conversation.Turns.Skip(1), t => Assert.Equal(ConversationChange.Continued, t.Change));
        Assert.All(office.Calls(), c => Assert.Null(c.CacheBreak));
        Assert.Equal(5, reader.Tools(new CallFilter()).Tools.Single(t => t.Name == "look_up").Time?.Count);
    }

    [Fact]
    public async Task A_day_of_work_is_told_as_it_was()
    {
        await using var office = await Office.OpenAsync(processes: 2);
        var first = new Agent(office, "order 30");
        await first.SayAsync("where is it?", LookUp(30));
        office.Wait(2);
        await first.BringAsync(Agent.Words("late", 200), Done);
        office.Wait(30);
        var fork = first.Fork();
        await first.SayAsync("then send me my money back", Reply.ToolUse("refund", """{"order":30}"""));
        office.Wait(1);
        await first.BringAsync("refunded", Done);
        office.Wait(5);
        await fork.SayAsync("and where is the other parcel?", Done);
        office.Wait(5);
        fork.Tools["refund"] = Agent.Words("another text", 120);
        await fork.SayAsync("are you sure?", Done);
        office.Wait(360);
        await first.SayAsync("thank you, that was all", Done);
        office.Wait(20);
        first.Messages[2]!["content"]![0]!["content"] = Agent.Words("late, and shortened", 100);
        await first.SayAsync("one more thing", Done);
        office.Wait(20);
        first.System = $"{Agent.Words("system", 1_000)} it is noon {Agent.Words("rest", 1_400)}";
        await first.SayAsync("and another one", Done);
        office.Wait(1);
        var loop = new Agent(office, "order 31");
        await loop.SayAsync("find it", LookUp(31));
        for (var i = 0; i < 5; i++)
        {
            office.Wait(4);
            await loop.BringAsync(i % 2 == 0 ? "no such order" : "ask again", i % 2 == 0 ? Reply.ToolUse("send_mail", """{"to":"shop"}""") : LookUp(31), process: i % 2);
        }

        Assert.Equal(
            [null, null, null, null, null, "tools_changed", "ttl_expired_5m", "messages_edited", "system_changed", null, null, null, null, null, null],
            office.Calls().Select(c => c.CacheBreak?.Reason));
        using var reader = office.Read();
        var conversations = reader.Conversations(new CallFilter()).Conversations;
        Assert.Equal(
            [(1, 0), (2, 0), (3, 0), (4, 0), (3, 1), (4, 1), (5, 0), (6, 0), (7, 0)],
            conversations[0].Turns.Select(t => (t.Number, t.Branch)));
        Assert.Equal(
            [ConversationChange.Forked, ConversationChange.Reframed, ConversationChange.Continued, ConversationChange.Edited, ConversationChange.Reframed],
            conversations[0].Turns.Skip(4).Select(t => t.Change));
        Assert.Equal([1, 2, 3, 4, 5, 6], conversations[1].Turns.Select(t => t.Number));
        Assert.Equal((ToolLoopKind.PingPong, 5), (Assert.Single(conversations[1].Loops).Loop.Kind, conversations[1].Loops[0].Loop.Rounds));
        Assert.All(office.Calls().Where(c => c.CacheBreak is not null), AssertPrice);
    }

    // Writing costs 2.50 dollars for a million tokens, input 2, reading 0.20; a prompt that became shorter pays for less than it lost.
    private static void AssertPrice(CallRecord call)
    {
        Assert.True(call is { CacheBreak: not null, Usage: not null });
        var written = Math.Min(call.CacheBreak.TokensLost, call.Usage.CacheCreationInputTokens ?? 0);
        var input = Math.Min(call.CacheBreak.TokensLost - written, call.Usage.InputTokens ?? 0);
        Assert.Equal((written * (2_500 - 200)) + (input * (2_000 - 200)), call.CacheBreak.CostLost?.Value);
    }

    private static Reply LookUp(int order) => Reply.ToolUse("look_up", $$"""{"order":{{order}}}""");
}
