using System.Buffers;
using System.Text;
using CostLedger.Records;
using CostLedger.Rows;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Rows;

public sealed class RoundTripTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Fact]
    public void Every_field_of_every_record_survives_the_ledger()
    {
        var records = Enumerable.Range(0, 500).Select(SomeCalls.Arbitrary).OrderBy(record => record.Id).ToList();

        Store(records);

        Assert.Equal([.. records.Select(record => Json(Stored(record)))], _folder.ReadAll().Select(Json).ToArray());
    }

    [Fact]
    public void Every_field_of_every_record_survives_as_JSON()
    {
        foreach (var seed in Enumerable.Range(0, 500))
        {
            var json = Json(SomeCalls.Arbitrary(seed));

            Assert.True(RecordJson.TryRead(Encoding.UTF8.GetBytes(json), out var read));
            Assert.Equal(json, Json(read));
            Assert.DoesNotContain('\n', json);
        }
    }

    [Fact]
    public void JSON_that_lacks_members_gives_what_a_new_record_has()
    {
        var json = """{"Id":"0","Provider":1,"Operation":1,"Outcome":1,"Cost":{"Basis":4}}"""u8;

        Assert.True(RecordJson.TryRead(json, out var read));
        Assert.Empty(read.Faults);
        Assert.Empty(read.RateLimits);
        Assert.Empty(read.Labels.Tags);
        Assert.Empty(read.Cost.Marks);
        Assert.Equal(1, read.Attempt);
        Assert.Equal(new TransferFacts(), read.Transfer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"Id":7,"Provider":1,"Operation":1,"Outcome":1,"Cost":{"Basis":4}}""")]
    [InlineData("""{"Id":"0","Provider":1,"Operation":1,"Outcome":1,"Cost":null}""")]
    public void What_is_no_record_is_not_read(string json) =>
        Assert.False(RecordJson.TryRead(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void A_record_with_a_stored_key_replaces_the_stored_one()
    {
        Store([SomeCalls.Simple()]);
        Store([SomeCalls.Simple() with { StopReason = "end_turn", HttpStatus = 200 }]);

        var stored = Assert.Single(_folder.ReadAll());
        Assert.Equal("end_turn", stored.StopReason);
        Assert.Equal(1, _folder.Number("SELECT count(*) FROM call_details"));
    }

    [Fact]
    public void Texts_without_bound_and_with_NUL_are_cut_and_cleaned()
    {
        Store([SomeCalls.Simple() with { ModelServed = "a\0b", MessageId = new string('m', 5_000) }]);

        var stored = Assert.Single(_folder.ReadAll());
        Assert.Equal("a\uFFFDb", stored.ModelServed);
        Assert.Equal(1_024, stored.MessageId!.Length);
    }

    [Fact]
    public void Strings_and_tag_sets_are_stored_once()
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2", ["a"] = "1" };
        var sameTags = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["b"] = "2" };
        Store([SomeCalls.Simple(1) with { Labels = new CallLabels { Tags = tags } }]);
        Store([SomeCalls.Simple(2) with { Labels = new CallLabels { Tags = sameTags } }]);

        Assert.Equal("""{"a":"1","b":"2"}""", _folder.Text("SELECT group_concat(json) FROM tag_sets"));
        Assert.Equal("claude-opus-5", _folder.Text("SELECT group_concat(value) FROM strings"));
    }

    [Fact]
    public void Names_of_a_rolled_back_transaction_are_stored_again()
    {
        using (var store = Open())
        {
            Assert.True(store.TryBegin());
            store.Put(SomeCalls.Simple(), 1);
            store.Rollback();
            Assert.True(store.TryBegin());
            store.Put(SomeCalls.Simple(), 1);
            store.Commit();
        }

        Assert.Equal("claude-opus-5", Assert.Single(_folder.ReadAll()).ModelRequested);
    }

    [Fact]
    public void Damaged_extra_fields_cost_only_themselves()
    {
        Store([SomeCalls.Simple() with { Faults = ["malformed_json"] }]);
        _folder.Number("UPDATE call_details SET extra = '{broken' RETURNING 1");

        Assert.Equal(["extra_unreadable"], Assert.Single(_folder.ReadAll()).Faults);
    }

    [Theory]
    [InlineData("""{"limits":[{"kind":"requests","resets_us":9223372036854775807}]}""")]
    [InlineData("""{"limits":[{"kind":"requests","resets_us":-9223372036854775808}]}""")]
    [InlineData("""{"limits":[{"max":5}]}""")]
    [InlineData("""{"parts":[{"kind":"text","start_us":9223372036854775807,"end_us":0}]}""")]
    [InlineData("""{"parts":[{"kind":"text","start_us":0,"end_us":-9223372036854775808}]}""")]
    [InlineData("""{"parts":[{"kind":null,"start_us":0,"end_us":1}]}""")]
    [InlineData("""{"retry_after_us":9223372036854775807}""")]
    public void Extra_fields_that_cannot_be_are_dropped_and_told(string extra)
    {
        Store([SomeCalls.Simple()]);
        _folder.Number($$"""UPDATE call_details SET extra = '{"drained_bytes":7,"faults":["malformed_json"],{{extra[1..]}}' RETURNING 1""");

        var read = Assert.Single(_folder.ReadAll());

        Assert.Equal(["malformed_json", "extra_unreadable"], read.Faults);
        Assert.Equal(7, read.Transfer.DrainedBytes);
        Assert.Empty(read.RateLimits);
        Assert.Empty(read.Timing.Parts);
        Assert.Null(read.RetryAfter);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_first_and_the_last_moment_survive(int which)
    {
        var at = which == 0 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue.AddTicks(-9);
        var limit = new RateLimit("requests", 5, 1, at);

        Store([SomeCalls.Simple() with { RateLimits = [limit] }]);

        var read = Assert.Single(_folder.ReadAll());
        Assert.Equal(limit, Assert.Single(read.RateLimits));
        Assert.Empty(read.Faults);
    }

    [Fact]
    public void A_price_file_is_kept_once_and_read_back()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"models\":[]}", 1_000)));
        Store([SomeCalls.Simple() with { Cost = new CallCost { Basis = CostBasis.Unbilled, PriceVersion = "v1" } }]);
        using (var store = Open())
        {
            Assert.True(store.TryBegin());
            store.KeepPriceBook("v1", LedgerStore.Pack(content));
            store.KeepPriceBook("v1", LedgerStore.Pack("other"u8.ToArray()));
            store.Commit();
        }

        using var connection = _folder.Connect();
        Assert.Equal(content, LedgerStore.ReadPriceBook(connection, "v1"));
        Assert.Null(LedgerStore.ReadPriceBook(connection, "v2"));
        Assert.Equal(1, _folder.Number("SELECT count(*) FROM price_books"));
    }

    public void Dispose() => _folder.Dispose();

    // What nodes the ledger has is a question of its own.
    private static CallRecord Stored(CallRecord record) =>
        record.Prompt is { } prompt ? record with { Prompt = prompt with { NewNodes = [] } } : record;

    private static string Json(CallRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RecordJson.Write(record, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private LedgerStore Open() => LedgerStore.Open(_folder.Ledger, survivePowerLoss: false, TimeProvider.System, Assert.Fail);

    private void Store(IEnumerable<CallRecord> records)
    {
        using var store = Open();
        Assert.True(store.TryBegin());
        foreach (var record in records)
        {
            store.Put(record, 1);
        }

        store.Commit();
    }
}
