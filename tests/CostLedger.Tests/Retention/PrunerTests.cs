using CostLedger.Querying;
using CostLedger.Querying.Prompts;
using CostLedger.Records;
using CostLedger.Retention;
using CostLedger.Tests.Storage;
using CostLedger.Writing;
using Testing;
using Xunit;

namespace CostLedger.Tests.Retention;

public sealed class PrunerTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Fact]
    public async Task Old_calls_go_with_all_that_belongs_to_them_alone()
    {
        PromptTrees.Store(_folder, [Full(1, [1, 2, 3]), Full(2, [1, 2, 4]), Full(500, [1, 2, 4, 5])]);

        var result = await PruneAsync(SomeCalls.Simple(500).StartedAt);

        Assert.Equal(new PruneResult(2, 1, 1), result);
        foreach (var table in (string[])["calls", "call_details", "call_prompts", "call_estimates", "limit_points", "prompt_threads"])
        {
            Assert.Equal(1, _folder.Number($"SELECT count(*) FROM {table}"));
        }

        Assert.Equal(4, _folder.Number("SELECT count(*) FROM prompt_nodes"));
        PromptTrees.AssertSound(_folder);
    }

    [Fact]
    public async Task A_conversation_goes_on_after_its_beginning_was_pruned()
    {
        PromptTrees.Store(_folder, [SomePrompts.Call(1, [1, 2]), SomePrompts.Call(2, [9])]);
        await PruneAsync(SomeCalls.Simple(3).StartedAt);
        Assert.Equal(0, _folder.Number("SELECT count(*) FROM prompt_nodes"));

        PromptTrees.Store(_folder, [SomePrompts.Call(4, [1, 2, 3], known: 2), SomePrompts.Call(5, [1, 2, 3, 4])]);

        using var reader = LedgerReader.Open(_folder.Ledger);
        Assert.Equal(0, reader.Prompt(SomeCalls.Simple(4).Id)!.Missing);
        Assert.Equal([1, 2, 3, 4], reader.Prompt(SomeCalls.Simple(5).Id)!.Nodes.Select(node => node.Bytes));
        PromptTrees.AssertSound(_folder);
    }

    [Fact]
    public async Task Pruning_everything_leaves_no_node_and_no_thread()
    {
        PromptTrees.Store(_folder, Enumerable.Range(0, 700).Select(i => Full(i, [i % 3, i % 7, i])));

        var result = await PruneAsync(DateTimeOffset.MaxValue);

        Assert.Equal(700, result.Calls);
        foreach (var table in (string[])["calls", "call_details", "call_prompts", "call_estimates", "limit_points", "prompt_threads", "prompt_nodes"])
        {
            Assert.Equal(0, _folder.Number($"SELECT count(*) FROM {table}"));
        }
    }

    [Fact]
    public async Task Others_write_and_read_meanwhile_and_lose_nothing()
    {
        PromptTrees.Store(_folder, Enumerable.Range(0, 2_000).Select(i => SomePrompts.Call(i, [0, i / 10, i])));
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        await using var other = PatientLedger.Open(_folder.Ledger);

        var pruning = ledger.PruneAsync(SomeCalls.Simple(2_000).StartedAt, TestContext.Current.CancellationToken);
        var written = 0;
        while (!pruning.IsCompleted || written < 20)
        {
            // Half of them go on from a prompt that is being pruned.
            var record = SomePrompts.Call(2_000 + written, [0, written / 10, written, 5_000 + written], known: written % 2 * 3);
            Assert.Equal(WriteOutcome.Committed, await (written % 3 == 0 ? ledger : other).WriteAsync(record, default));
            written++;
        }

        Assert.Equal(2_000, (await pruning).Calls);
        Assert.Equal(written, _folder.Number("SELECT count(*) FROM calls"));
        Assert.Equal(written, _folder.Number("SELECT count(*) FROM call_prompts"));
        PromptTrees.AssertSound(_folder);
    }

    [Fact]
    public async Task What_would_be_deleted_is_counted_without_deleting_it()
    {
        PromptTrees.Store(_folder, [Full(1, [1, 2]), Full(2, [1, 3]), Full(500, [1, 4])]);
        var before = SomeCalls.Simple(500).StartedAt;

        using var reader = LedgerReader.Open(_folder.Ledger);
        var counted = reader.CountBefore(before);

        Assert.Equal(new PruneResult(2, 1, null), counted);
        Assert.Equal(3, _folder.Number("SELECT count(*) FROM calls"));
        Assert.Equal((counted.Calls, counted.LimitPoints), await PruneAsync(before) is var done ? (done.Calls, done.LimitPoints) : default);
    }

    [Fact]
    public async Task A_canceled_pruning_keeps_what_it_did_and_goes_on_the_next_time()
    {
        PromptTrees.Store(_folder, Enumerable.Range(0, 500).Select(i => SomePrompts.Call(i, [i])));
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ledger.PruneAsync(DateTimeOffset.MaxValue, canceled.Token));
        await ledger.PruneAsync(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken);

        Assert.Equal(0, _folder.Number("SELECT count(*) FROM calls"));
        PromptTrees.AssertSound(_folder);
    }

    [Fact]
    public async Task A_closed_ledger_is_not_pruned()
    {
        var ledger = PatientLedger.Open(_folder.Ledger);
        await ledger.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ledger.PruneAsync(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_stored_stored_again_and_pruned_the_tree_stays_sound(int seed)
    {
        var random = new Random(seed);
        var stored = new List<CallRecord>();
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        for (var step = 0; step < 60; step++)
        {
            if (random.Next(8) == 0)
            {
                await ledger.PruneAsync(SomeCalls.Simple(random.Next(step + 1)).StartedAt, TestContext.Current.CancellationToken);
            }
            else
            {
                var blocks = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(3)).ToList();
                var record = random.Next(4) == 0 && stored.Count > 0
                    ? stored[random.Next(stored.Count)]
                    : SomePrompts.Call(step, blocks, random.Next(blocks.Count + 1));
                stored.Add(record);
                await ledger.WriteAsync(record, default);
            }

            PromptTrees.AssertSound(_folder);
        }
    }

    [Fact]
    public async Task Progress_grows_to_what_was_deleted()
    {
        PromptTrees.Store(_folder, Enumerable.Range(0, 700).Select(i => Full(i, [i % 3, i % 7, i])));
        var told = new Told();

        await using var ledger = PatientLedger.Open(_folder.Ledger);
        var result = await ledger.PruneAsync(SomeCalls.Simple(600).StartedAt, told, TestContext.Current.CancellationToken);

        Assert.Equal(600, result.Calls);
        Assert.Equal(result.Calls, told.Values[^1]);
        Assert.True(told.Values.Count > 2);
        Assert.Equal(told.Values.Order(), told.Values);
    }

    public void Dispose() => _folder.Dispose();

    private static CallRecord Full(int number, IReadOnlyList<int> blocks) => SomePrompts.Call(number, blocks) with
    {
        ModelServed = $"claude-{number % 2}",
        Estimate = new TokenEstimate { InputTokens = 10, ColdInputTokens = 9 },
        RateLimits = [new RateLimit("requests", 100, 99, null)],
    };

    private async Task<PruneResult> PruneAsync(DateTimeOffset before)
    {
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        return await ledger.PruneAsync(before, TestContext.Current.CancellationToken);
    }

    private sealed class Told : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
