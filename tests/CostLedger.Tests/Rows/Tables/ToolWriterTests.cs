using System.Text;
using CostLedger.Records;
using CostLedger.Records.Tools;
using CostLedger.Rows;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Rows.Tables;

public sealed class ToolWriterTests : IDisposable
{
    private static readonly ToolLoop Loop = new() { Kind = ToolLoopKind.PingPong, Tool = "read", Rounds = 5, SinceMessage = 4, IsFirst = true };

    private readonly LedgerFolder _folder = new();

    [Fact]
    public void A_round_is_stored_once_at_the_earliest_call_that_brings_it_whatever_the_order()
    {
        var random = new Random(11);
        var calls = Enumerable.Range(1, 5).Select(i => Call(i, 7, 8)).ToArray();
        for (var i = 0; i < 10; i++)
        {
            using var folder = new LedgerFolder();
            random.Shuffle(calls);
            foreach (var call in calls)
            {
                PromptTrees.Store(folder, [call, call]);
            }

            Assert.Equal(2, folder.Number("SELECT count(*) FROM tool_rounds"));
            Assert.Equal(2, folder.Number($"SELECT count(*) FROM tool_rounds WHERE hex(id) = '{Convert.ToHexString(KeyOf(SomePrompts.Bare(1).Id))}'"));
        }
    }

    [Fact]
    public void A_record_that_comes_again_replaces_its_rounds_and_its_loop()
    {
        PromptTrees.Store(_folder, [Call(1, 7) with { ToolLoop = Loop }]);
        PromptTrees.Store(_folder, [Call(1, 8)]);

        Assert.Equal(1, _folder.Number("SELECT count(*) FROM tool_rounds"));
        Assert.Equal(0, _folder.Number("SELECT count(*) FROM tool_loops"));
    }

    [Fact]
    public void Rounds_and_loops_are_pruned_with_their_call()
    {
        PromptTrees.Store(_folder, [Call(1, 7) with { ToolLoop = Loop }, Call(50, 8) with { ToolLoop = Loop }]);

        using var store = LedgerStore.Open(_folder.Ledger, survivePowerLoss: false, TimeProvider.System, Assert.Fail);
        Assert.True(store.TryBegin());
        store.Prune(pruner => pruner.PruneCalls(SomePrompts.Bare(20).Id, 100));
        store.Commit();

        Assert.Equal(1, _folder.Number("SELECT count(*) FROM tool_rounds"));
        Assert.Equal(1, _folder.Number("SELECT count(*) FROM tool_loops"));
    }

    [Fact]
    public void A_spool_keeps_rounds_and_loops()
    {
        var call = Call(1, 7, 8) with { ToolLoop = Loop };
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        RecordJson.Write(call, json);

        Assert.True(RecordJson.TryRead(json.WrittenSpan, out var read));
        Assert.Equal(call.ToolRounds, read.ToolRounds);
        Assert.Equal(Loop, read.ToolLoop);
        Assert.True(RecordJson.TryRead(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.WrittenSpan).Replace("\"ToolRounds\"", "\"Other\"", StringComparison.Ordinal)), out var older));
        Assert.Empty(older.ToolRounds);
    }

    [Fact]
    public void No_more_rounds_than_a_record_may_carry_are_stored()
    {
        PromptTrees.Store(_folder, [Call(1, [.. Enumerable.Range(1, 400)])]);

        Assert.Equal(ToolRound.MaxRounds, _folder.Number("SELECT count(*) FROM tool_rounds"));
    }

    public void Dispose() => _folder.Dispose();

    private static CallRecord Call(int number, params int[] rounds) => SomePrompts.Call(number, [1, 2, 3]) with
    {
        ToolRounds = [.. rounds.Select(round => new ToolRound { Key = (UInt128)round, Tool = "read", Arguments = 1, Result = 2, UseTokens = 3, ResultTokens = 4, IsError = true })],
    };

    private static byte[] KeyOf(CallId id)
    {
        var bytes = new byte[CallId.ByteCount];
        id.WriteBytes(bytes);
        return bytes;
    }
}
