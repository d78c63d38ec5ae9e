using CostLedger.Records;
using CostLedger.Resilience;
using CostLedger.Rows;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Rows;

/// <summary>A result of a batch is one row, however often it is read.</summary>
public sealed class BatchResultsTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Fact]
    public void A_result_that_is_read_again_is_the_row_that_is_there()
    {
        Assert.True(Put(Result(1, "first") with { StopReason = "end_turn" }));
        Assert.False(Put(Result(2, "first") with { StopReason = "refusal" }));

        var row = Assert.Single(_folder.ReadAll());
        Assert.Equal((SomeCalls.Simple(1).Id, "end_turn", "msgbatch_1", "first"), (row.Id, row.StopReason, row.BatchId, row.CustomId));
        Assert.Empty(row.Faults);
        AssertNoOrphans();
    }

    [Fact]
    public void A_record_with_the_same_key_is_an_amended_form_as_ever()
    {
        Assert.True(Put(Result(1, "first") with { StopReason = "end_turn" }));
        Assert.True(Put(Result(1, "first") with { StopReason = "max_tokens" }));

        Assert.Equal("max_tokens", Assert.Single(_folder.ReadAll()).StopReason);
        AssertNoOrphans();
    }

    [Fact]
    public void Other_batches_and_calls_without_a_name_are_other_rows()
    {
        Assert.True(Put(Result(1, "first")));
        Assert.True(Put(Result(2, "first") with { BatchId = "msgbatch_2" }));
        Assert.True(Put(Result(3, "First")));
        Assert.True(Put(Result(4, "first") with { BatchId = null }));
        Assert.True(Put(Result(5, "first") with { BatchId = null }));
        Assert.True(Put(Result(6, "first") with { CustomId = null }));
        Assert.True(Put(Result(7, "first") with { CustomId = null }));

        Assert.Equal(7, _folder.ReadAll().Count);
        AssertNoOrphans();
    }

    [Theory]
    [InlineData("zero\0inside")]
    [InlineData("half \ud800 of a pair")]
    [InlineData("")]
    public void Names_are_compared_as_they_are_stored(string name)
    {
        Assert.True(Put(Result(1, name)));
        Assert.False(Put(Result(2, name)));

        Assert.Single(_folder.ReadAll());
        AssertNoOrphans();
    }

    [Fact]
    public void A_spool_is_replayed_over_results_that_were_read_meanwhile()
    {
        Put(Result(1, "first") with { StopReason = "end_turn" });
        using (var spool = new Spool(_folder.Ledger, survivePowerLoss: false))
        {
            Assert.True(spool.TryAppend([new SpoolEntry(Result(2, "first"), 99), new SpoolEntry(Result(3, "second"), 99)]));
        }

        using (var store = Open())
        {
            var recovery = new Recovery(store, price: null);
            recovery.TakeInAll();
            Assert.Equal((1, 0), (recovery.Replayed, recovery.Damaged));
        }

        Assert.Equal(["end_turn", null], _folder.ReadAll().Select(row => row.StopReason), StringComparer.Ordinal);
        AssertNoOrphans();
    }

    [Fact]
    public void A_stored_result_is_found_by_the_index()
    {
        Put(Result(1, "first"));

        using var connection = _folder.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + RecordWriter.FindResultSql;
        command.Parameters.AddWithValue("?1", "msgbatch_1");
        command.Parameters.AddWithValue("?2", "first");
        command.Parameters.AddWithValue("?3", new byte[CallId.ByteCount]);
        using var rows = command.ExecuteReader();

        Assert.True(rows.Read());
        Assert.Contains("batch_results", rows.GetString(3), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static CallRecord Result(int number, string name) =>
        SomeCalls.Simple(number) with { Operation = Operation.BatchResult, BatchId = "msgbatch_1", CustomId = name };

    private LedgerStore Open() => LedgerStore.Open(_folder.Ledger, survivePowerLoss: false, TimeProvider.System, Assert.Fail);

    private bool Put(CallRecord record)
    {
        using var store = Open();
        Assert.True(store.TryBegin());
        var isStored = store.Put(record, 1);
        store.Commit();
        return isStored;
    }

    private void AssertNoOrphans()
    {
        Assert.Equal(0, _folder.Number("SELECT count(*) FROM calls WHERE id NOT IN (SELECT id FROM call_details)"));
        Assert.Equal(0, _folder.Number("SELECT count(*) FROM call_details WHERE id NOT IN (SELECT id FROM calls)"));
    }
}
