using CostLedger.Querying;
using CostLedger.Querying.Tools;
using CostLedger.Records;
using CostLedger.Records.Tools;
using CostLedger.Tests.Querying.Conversations;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Querying.Tools;

public sealed class ToolQuestionsTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Fact]
    public void A_round_takes_the_time_from_the_answer_to_the_request_that_brings_its_result()
    {
        var one = Dialogue.Of("hi");
        var two = one.Uses("read").Gets("text");
        var tools = Ask(one.Call(1), two.Call(4, Round(1, "read")), two.Uses("read").Gets("more").Call(10, Round(2, "read", isError: true)));

        var read = Assert.Single(tools.Tools, tool => tool.Name == "read");
        Assert.Equal((2, 1, 20, 40), (read.Rounds, read.Errors, read.UseTokens, read.ResultTokens));
        Assert.Equal([TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5.5)], [read.Time!.P50, read.Time.Max]);
    }

    [Fact]
    public void Without_the_call_that_asked_no_time_is_known()
    {
        var late = Dialogue.Of("hi").Uses("read").Gets("text").Uses("read").Gets("more");

        Assert.Null(Assert.Single(Ask(Dialogue.Of("hi").Call(1), late.Call(9, Round(1, "read"))).Tools, tool => tool.Name == "read").Time);
    }

    [Fact]
    public void Attempts_bring_a_round_once_and_its_time_ends_with_the_first()
    {
        var one = Dialogue.Of("hi");
        var two = one.Uses("read").Gets("text");
        var failed = two.Call(4, Round(1, "read")) with { Outcome = CallOutcome.Error };
        var retried = two.Call(9, Round(1, "read")) with { FirstAttemptId = failed.Id, Attempt = 2 };

        var read = Assert.Single(Ask(one.Call(1), failed, retried).Tools, tool => tool.Name == "read");

        Assert.Equal((1, TimeSpan.FromSeconds(2.5)), (read.Rounds, read.Time!.Max));
    }

    [Fact]
    public void Results_are_priced_as_the_new_input_that_they_became()
    {
        var one = Dialogue.Of("hi");
        var two = one.Uses("read").Gets("text").Call(4, Round(1, "read")) with
        {
            Usage = new TokenUsage { InputTokens = 25, CacheReadInputTokens = 4, OutputTokens = 1 },
            Cost = new CallCost { Basis = CostBasis.Measured, ByClass = new CostByClass(new NanoUsd(12_500), default, new NanoUsd(40), default, default, default) },
        };

        Assert.Equal(20 * 500, Assert.Single(Ask(one.Call(1), two).Tools, tool => tool.Name == "read").ResultCost.Value);
    }

    [Fact]
    public void A_definition_that_is_never_used_is_told_with_what_it_costs()
    {
        var report = Ask(Dialogue.Of("hi").Call(1), Dialogue.Of("you").Call(2));
        var unused = Assert.Single(report.Tools);

        Assert.Equal(("get_weather", true, 2, 22), (unused.Name, unused.IsUnused, unused.SentCalls, unused.DefinitionTokensSent));
        Assert.True(unused.DefinitionCost.Value is > 0 and < 2_000);
        Assert.Equal(2, report.Calls);
    }

    [Fact]
    public void A_block_has_the_share_of_what_the_provider_counted_that_it_has_of_the_ledgers_count()
    {
        // The definition has 11 of 21 tokens by the ledger's count, and of 22 in the second call.
        var report = Ask(Thrice(Dialogue.Of("hi").Call(1)), Thrice(Dialogue.Of("you").Call(2)), Thrice(Dialogue.Of("hi").Uses("read").Gets("text").Call(4, Round(1, "read"))));
        var definition = Assert.Single(report.Tools, tool => tool.Name == "get_weather");
        var read = Assert.Single(report.Tools, tool => tool.Name == "read");

        Assert.Equal((33, 3 * 33), (definition.DefinitionTokens, definition.DefinitionTokensSent));
        Assert.Equal(Math.Round((1000 * 11 / 21m) + (1000 * 11 / 22m) + (1000 * 11 / 29m)), definition.DefinitionCost.Value);
        Assert.Equal((30, 60), (read.UseTokens, read.ResultTokens));

        static CallRecord Thrice(CallRecord call) => call with { Usage = call.Usage! with { InputTokens = 3 * call.Usage!.InputTokens } };
    }

    [Fact]
    public void A_definition_that_was_read_in_part_costs_less_for_that_part()
    {
        // 21 tokens, of which the definition has the first 11.
        var call = Dialogue.Of("hi").Call(1) with
        {
            Usage = new TokenUsage { InputTokens = 15, CacheReadInputTokens = 6, OutputTokens = 1 },
            Cost = new CallCost { Basis = CostBasis.Measured, ByClass = new CostByClass(new NanoUsd(15_000), default, new NanoUsd(600), default, default, default) },
        };

        Assert.Equal((6 * 100) + (5 * 1000), Assert.Single(Ask(call).Tools).DefinitionCost.Value);
    }

    [Fact]
    public void The_costs_of_all_definitions_are_never_more_than_the_input()
    {
        var prompt = Dialogue.Of("hi");
        var calls = new List<CallRecord>();
        for (var i = 0; i < 30; i++)
        {
            calls.Add(prompt.Call(i, Round(i, "read")));
            prompt = prompt.Uses($"read {i}").Gets($"text {i}");
        }

        var report = Ask([.. calls]);

        Assert.True(report.Tools.Sum(tool => tool.DefinitionCost.Value) <= report.InputCost.Value);
        Assert.Equal(30, Assert.Single(report.Tools, tool => tool.Name == "read").Rounds);
    }

    [Fact]
    public void Filters_choose_rounds_by_the_call_that_brought_their_results()
    {
        var one = Dialogue.Of("hi").For("a");
        var other = Dialogue.Of("hi").For("b");
        PromptTrees.Store(_folder, [one.Call(1), one.Uses("x").Gets("y").Call(2, Round(1, "read")), other.Call(3), other.Uses("x").Gets("y").Call(4, Round(2, "write"))]);
        using var reader = LedgerReader.Open(_folder.Ledger);

        Assert.Equal(["get_weather", "write"], reader.Tools(new CallFilter { Sessions = ["b"] }).Tools.Select(tool => tool.Name!).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static ToolRound Round(int key, string tool, bool isError = false) =>
        new() { Key = (UInt128)key, Tool = tool, Arguments = 1, Result = 2, UseTokens = 10, ResultTokens = 20, IsError = isError };

    private ToolReport Ask(params CallRecord[] calls)
    {
        PromptTrees.Store(_folder, calls);
        using var reader = LedgerReader.Open(_folder.Ledger);
        return reader.Tools(new CallFilter());
    }
}
