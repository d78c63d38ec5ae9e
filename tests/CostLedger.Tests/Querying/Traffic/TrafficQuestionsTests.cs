using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Traffic;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Querying.Traffic;

public sealed class TrafficQuestionsTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly LedgerFolder _folder = new();

    [Fact]
    public void A_call_is_priced_as_its_whole_record_is()
    {
        var calls = Enumerable.Range(0, 20).Select(i => Various(i) with { Usage = UsageOf(i) }).ToList();
        PromptTrees.Store(_folder, calls);
        using var reader = LedgerReader.Open(_folder.Ledger);
        var records = reader.Calls(new CallFilter()).ToList();

        var traffic = reader.Traffic(new CallFilter(), Hour).Calls.ToList();

        Assert.Equal(records.Select(r => r.Id), traffic.Select(c => c.Id));
        foreach (var (record, call) in records.Zip(traffic))
        {
            Assert.Equal(PriceBook.Default.Price(PricingRequest.From(record)).Cost.ByClass, PriceBook.Default.Price(call.Pricing).Cost.ByClass);
            Assert.Equal((record.Usage, record.Cost.ByClass, record.Cost.Basis), (call.Pricing.Usage, call.Cost, call.Basis));
            Assert.Equal((record.Timing.FirstEvent, record.Labels.Session, record.Labels.Conversation), (call.AnswerBegan, call.Labels.Session, call.Labels.Conversation));
            Assert.Equal(record.Labels.Tags, call.Labels.Tags);
        }
    }

    [Fact]
    public void Prompts_are_paths_of_the_tree()
    {
        PromptTrees.Store(_folder, [SomePrompts.Call(1, [30, 60]), SomePrompts.Call(2, [30, 60, 90]), SomePrompts.Call(3, [30, 120])]);
        using var reader = LedgerReader.Open(_folder.Ledger);

        var traffic = reader.Traffic(new CallFilter(), Hour);
        var leaves = traffic.Calls.Select(call => call.Prompt!).ToList();
        var tree = traffic.Prompts;

        Assert.Equal(4, tree.Count);
        Assert.Equal([2, 3, 2], leaves.Select(prompt => tree.Depth(prompt.Leaf)));
        Assert.Equal([30, 60, 50], leaves.Select(prompt => tree.Tokens(prompt.Leaf)));
        Assert.Equal(leaves[0].Leaf, tree.Ancestor(leaves[1].Leaf, 2));
        Assert.Equal(PromptLevel.Tools, tree.Level(tree.Ancestor(leaves[2].Leaf, 1)));
        Assert.Equal([new PromptBreakpoint(1, PromptLifetime.OneHour), new PromptBreakpoint(3, PromptLifetime.FiveMinutes)], leaves[1].Breakpoints);
        Assert.True(tree.CanBeMarked(leaves[0].Leaf));
    }

    [Fact]
    public void A_way_with_a_hole_is_none()
    {
        PromptTrees.Store(_folder, [SomePrompts.Call(1, [30, 60, 90], known: 2)]);
        using var reader = LedgerReader.Open(_folder.Ledger);

        var prompt = Assert.Single(reader.Traffic(new CallFilter(), Hour).Calls).Prompt!;

        Assert.Equal((PromptTree.Nothing, 3), (prompt.Leaf, prompt.Depth));
    }

    [Fact]
    public void A_hole_that_a_later_call_filled_is_none_any_more()
    {
        PromptTrees.Store(_folder, [SomePrompts.Call(1, [30, 60, 90], known: 2), SomePrompts.Call(2, [30, 60])]);
        using var reader = LedgerReader.Open(_folder.Ledger);

        var traffic = reader.Traffic(new CallFilter(), Hour);

        Assert.Equal([3, 2], traffic.Calls.Select(call => traffic.Prompts.Depth(call.Prompt!.Leaf)));
    }

    [Fact]
    public void Others_come_along_from_the_time_before_the_period_and_are_told_apart()
    {
        var calls = Enumerable.Range(0, 10).Select(i => SomePrompts.Bare(i) with { Labels = new CallLabels { Session = i % 2 == 0 ? "mine" : "other" } }).ToList();
        PromptTrees.Store(_folder, calls);
        using var reader = LedgerReader.Open(_folder.Ledger);
        var filter = new CallFilter { Since = calls[6].StartedAt, Sessions = ["mine"] };

        var with = reader.Traffic(filter, calls[6].StartedAt - calls[3].StartedAt).Calls.ToList();
        var without = reader.Traffic(filter, before: null).Calls.ToList();

        Assert.Equal(calls.Skip(3).Select(call => call.Id), with.Select(call => call.Id));
        Assert.Equal([calls[6].Id, calls[8].Id], with.Where(call => call.IsChosen).Select(call => call.Id));
        Assert.Equal([calls[6].Id, calls[8].Id], without.Select(call => call.Id));
        Assert.All(without, call => Assert.True(call.IsChosen));
    }

    [Fact]
    public void Any_ancestor_is_that_which_going_up_finds()
    {
        var chance = new Random(11);
        List<IReadOnlyList<int>> prompts = [[1]];
        for (var i = 0; i < 300; i++)
        {
            var before = prompts[chance.Next(prompts.Count)];
            prompts.Add([.. before.Take(chance.Next(1, before.Count + 1)), .. Enumerable.Range(0, chance.Next(1, 6)).Select(_ => chance.Next(1, 1_000))]);
        }

        PromptTrees.Store(_folder, prompts.Select((blocks, i) => SomePrompts.Call(i, blocks)));
        using var reader = LedgerReader.Open(_folder.Ledger);
        var traffic = reader.Traffic(new CallFilter(), Hour);
        var tree = traffic.Prompts;
        foreach (var leaf in traffic.Calls.Select(call => call.Prompt!.Leaf))
        {
            for (var (node, depth) = (leaf, tree.Depth(leaf)); node != PromptTree.Nothing; node = tree.Parent(node), depth--)
            {
                Assert.Equal(node, tree.Ancestor(leaf, depth));
            }

            Assert.Equal(PromptTree.Nothing, tree.Ancestor(leaf, 0));
            Assert.Equal(PromptTree.Nothing, tree.Ancestor(leaf, tree.Depth(leaf) + 1));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static CallRecord Various(int i) => SomePrompts.Bare(i) with
    {
        ModelRequested = "us.anthropic.claude-opus-4-5-20251101-v1:0",
        ModelServed = "claude-opus-4-5-20251101",
        ModelAlias = i % 3 == 0 ? "claude-sonnet-4-5" : null,
        Provider = i % 2 == 0 ? Provider.Bedrock : Provider.Anthropic,
        Location = "us-east-1",
        Outcome = i % 5 == 0 ? CallOutcome.Truncated : CallOutcome.Success,
        Estimate = i % 5 == 0 ? new TokenEstimate { OutputTokens = 80, OutputTokensLow = 40, OutputTokensHigh = 900 } : null,
        Transfer = new TransferFacts { ResponseBytes = 100, ContentBlocks = i % 2 },
        Timing = new CallTiming { FirstEvent = TimeSpan.FromMilliseconds(i), Total = Hour },
        Labels = new CallLabels { Session = $"s{i % 3}", Conversation = "c", Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = $"t{i % 2}" } },
    };

    private static TokenUsage UsageOf(int i) => new()
    {
        InputTokens = 100 * i,
        OutputTokens = i % 5 == 0 ? null : 0,
        CacheReadInputTokens = i % 4 == 0 ? null : 5_000,
        CacheCreationInputTokens = 700,
        CacheCreation1hInputTokens = i % 2 == 0 ? 700 : 0,
        WebSearchRequests = i % 7 == 0 ? 2 : null,
        Speed = i % 6 == 0 ? "fast" : null,
        InferenceGeo = "us",
        ServiceTier = i % 9 == 0 ? "batch" : "standard",
        Iterations = i % 8 == 0 ? [new UsageIteration { Type = "message", InputTokens = 40 }, new UsageIteration { Type = "compaction", InputTokens = 9_000, OutputTokens = 8 }] : [],
    };
}
