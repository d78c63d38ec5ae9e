using System.Text.Json.Nodes;
using CostLedger.Querying;
using CostLedger.Querying.Conversations;
using MessagesSimulator.Replies;
using Xunit;

namespace EndToEnd.Tests.Agents;

/// <summary>Prompts as large as they get are followed from turn to turn.</summary>
[Collection(ObservedCalls.Name)]
public sealed class LongPromptTests
{
    [Fact]
    public async Task A_megabyte_in_one_block_is_read_as_foreseen_and_its_change_is_found()
    {
        await using var office = await Office.OpenAsync();
        var agent = new Agent(office, "the book") { System = Agent.Words("book", 190_000) };
        Assert.True(agent.System.Length > 1_000_000);

        await agent.SayAsync("read it", Reply.Text("I did."));
        office.Wait(10);
        await agent.SayAsync("what does it say?", Reply.Text("much"));
        office.Wait(10);
        agent.System = agent.System[..900_000] + "X" + agent.System[900_001..];
        await agent.SayAsync("and now?", Reply.Text("the same"));

        var calls = office.Calls();
        Assert.Null(calls[1].CacheBreak);
        Assert.Equal(calls[1].Usage?.CacheReadInputTokens, calls[1].Estimate?.ExpectedCacheReadTokens);
        Assert.Equal("system_changed", calls[2].CacheBreak?.Reason);
        Assert.InRange(calls[2].CacheBreak?.ByteAt ?? -1, 900_000 - (32 * 1_024), 900_000);
    }

    [Fact]
    public async Task Five_thousand_messages_go_on_as_one_conversation()
    {
        await using var office = await Office.OpenAsync();
        var agent = new Agent(office, "a long talk");
        for (var i = 0; i < 4_998; i++)
        {
            agent.Messages.Add(new JsonObject { ["role"] = i % 2 == 0 ? "user" : "assistant", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = $"part {i}" }) });
        }

        for (var i = 0; i < 3; i++)
        {
            office.Wait(10);
            await agent.SayAsync($"turn {i}", Reply.Text("so it is"));
        }

        var calls = office.Calls();
        Assert.All(calls, c => Assert.Null(c.CacheBreak));
        Assert.All(calls.Skip(1), c => Assert.Equal(c.Usage?.CacheReadInputTokens, c.Estimate?.ExpectedCacheReadTokens));
        using var reader = office.Read();
        var conversation = Assert.Single(reader.Conversations(new CallFilter()).Conversations);
        Assert.Equal([1, 2, 3], conversation.Turns.Select(t => t.Number));
        Assert.True(conversation.BeganEarlier);
    }
}
