using System.Text;
using CostLedger.Querying;
using CostLedger.Querying.Prompts;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Rows;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Rows.Tables;

public sealed class PromptWriterTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Fact]
    public void Prompts_that_begin_alike_share_their_first_nodes()
    {
        Store([SomePrompts.Call(1, [1, 2, 3])]);
        Store([SomePrompts.Call(2, [1, 2, 3, 4, 5], known: 3), SomePrompts.Call(3, [1, 2, 9])]);

        Assert.Equal(6, _folder.Number("SELECT count(*) FROM prompt_nodes"));
        Assert.Equal([1, 2, 3, 4, 5], BlocksOf(2));
        Assert.Equal([1, 2, 9], BlocksOf(3));
        Assert.Equal(1, _folder.Number("SELECT count(*) FROM prompt_threads"));
        AssertSound();
    }

    [Fact]
    public void All_of_a_node_is_read_back()
    {
        var call = SomePrompts.Call(1, [7, 8, 9]);
        Store([call]);

        using var reader = LedgerReader.Open(_folder.Ledger);
        var prompt = reader.Prompt(call.Id)!;

        Assert.Equal(call.Prompt!.NewNodes, prompt.Nodes);
        Assert.Equal(call.Prompt with { NewNodes = [] }, prompt.Path);
        Assert.Equal(0, prompt.Missing);
    }

    [Fact]
    public void A_turn_adds_rows_for_what_is_new_in_it_alone()
    {
        var blocks = new List<int>();
        for (var turn = 0; turn < 50; turn++)
        {
            blocks.AddRange([2 * turn, (2 * turn) + 1]);
            var before = turn == 0 ? 0 : _folder.Number("SELECT count(*) FROM prompt_nodes");
            Store([SomePrompts.Call(turn, blocks, known: blocks.Count - 2)]);

            Assert.Equal(2, _folder.Number("SELECT count(*) FROM prompt_nodes") - before);
        }

        Assert.Equal(blocks, BlocksOf(49));
    }

    [Fact]
    public void A_prompt_whose_beginning_was_pruned_is_stored_with_a_hole_that_a_later_call_fills()
    {
        Store([SomePrompts.Call(1, [1, 2, 3, 4], known: 2)]);

        Assert.Equal([3, 4], BlocksOf(1));
        Assert.Equal(2, MissingOf(1));

        Store([SomePrompts.Call(2, [1, 2, 5])]);

        Assert.Equal([1, 2, 3, 4], BlocksOf(1));
        Assert.Equal(0, MissingOf(1));
        AssertSound();
    }

    [Fact]
    public void A_prompt_without_any_node_keeps_its_place()
    {
        Store([SomePrompts.Call(1, [1, 2, 3], known: 3)]);

        Assert.Empty(BlocksOf(1));
        Assert.Equal(3, MissingOf(1));
        Assert.Equal(SomePrompts.Nodes([1, 2, 3])[^1].Chain, Assert.Single(_folder.ReadAll()).Prompt!.Leaf);
    }

    [Fact]
    public void A_call_that_is_stored_again_with_another_prompt_gives_up_the_first()
    {
        Store([SomePrompts.Call(1, [1, 2, 3]), SomePrompts.Call(2, [1])]);
        Store([SomePrompts.Call(1, [1, 4])]);

        Assert.Equal([1, 4], BlocksOf(1));
        Assert.Equal(2, _folder.Number("SELECT count(*) FROM prompt_nodes"));
        AssertSound();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_same_records_make_the_same_tree_in_any_order_and_however_often_they_come(int seed)
    {
        var random = new Random(seed);
        var records = Conversations(random);
        Store(records);
        var expected = Tree();

        using var other = new PromptWriterTests();
        var shuffled = records.Concat(records.Where(_ => random.Next(3) == 0)).ToArray();
        random.Shuffle(shuffled);
        foreach (var some in shuffled.Chunk(7))
        {
            other.Store(some);
        }

        Assert.Equal(expected, other.Tree());
        other.AssertSound();
    }

    [Fact]
    public void A_spool_brings_every_node_back()
    {
        var record = SomePrompts.Call(1, [.. Enumerable.Range(0, PromptPath.MaxNewNodes)]);
        var json = new System.Buffers.ArrayBufferWriter<byte>();

        RecordJson.Write(record, json);

        Assert.True(RecordJson.TryRead(json.WrittenSpan, out var read));
        Assert.Equal(record.Prompt, read.Prompt);
        Assert.InRange(json.WrittenCount, 1, 2 * 1024 * 1024);
    }

    [Theory]
    [InlineData("""[[1]]""")]
    [InlineData("""[["zz",0,"aa",1,1,1,1,1,1,1,1]]""")]
    [InlineData("""[["aa",0,"aa",1,1,1,1,1,1,1]]""")]
    [InlineData("""[["aa",0,"aa",1,1,1,1,1,1,1,99999999999]]""")]
    [InlineData("""{"a":1}""")]
    public void Damaged_nodes_make_no_record(string nodes) =>
        Assert.False(RecordJson.TryRead(Encoding.UTF8.GetBytes($$$"""{"Id":"0","Provider":1,"Operation":1,"Outcome":1,"Cost":{"Basis":4},"Prompt":{"Leaf":"01","Depth":1,"NewNodes":{{{nodes}}}}}"""), out _));

    public void Dispose() => _folder.Dispose();

    // Conversations that branch; each call knows the nodes of the one before it, as a process would.
    private static List<CallRecord> Conversations(Random random)
    {
        var records = new List<CallRecord>();
        for (var conversation = 0; conversation < 5; conversation++)
        {
            List<int> blocks = [random.Next(2)];
            for (var turn = 0; turn < 8; turn++)
            {
                var known = blocks.Count;
                blocks.AddRange(Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(6)));
                records.Add(SomePrompts.Call(records.Count, [.. blocks], turn == 0 ? 0 : known));
            }
        }

        return records;
    }

    private string Tree() => _folder.Text("""
        SELECT group_concat(line, ' ') FROM (
          SELECT hex(n.chain) || hex(ifnull(p.chain, x'')) || hex(n.segment) || n.refs || n.bytes AS line
          FROM prompt_nodes AS n LEFT JOIN prompt_nodes AS p ON p.id = n.parent ORDER BY n.chain)
        """);

    private void AssertSound() => PromptTrees.AssertSound(_folder);

    private IEnumerable<int> BlocksOf(int call)
    {
        using var reader = LedgerReader.Open(_folder.Ledger);
        return [.. reader.Prompt(SomeCalls.Simple(call).Id)!.Nodes.Select(node => node.Bytes)];
    }

    private int MissingOf(int call)
    {
        using var reader = LedgerReader.Open(_folder.Ledger);
        return reader.Prompt(SomeCalls.Simple(call).Id)!.Missing;
    }

    private void Store(IEnumerable<CallRecord> records) => PromptTrees.Store(_folder, records);
}
