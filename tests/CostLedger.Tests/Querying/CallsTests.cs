using System.Runtime.CompilerServices;
using System.Text.Json;
using CostLedger.Querying;
using CostLedger.Records;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CostLedger.Tests.Querying;

public sealed class CallsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_record_comes_back_as_it_was_written()
    {
        var records = new SomeCalls(3).Between(Start, Start.AddDays(9), 500);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var read = reader.Calls(new CallFilter());

        Assert.Equal(records.Select(Text), read.Select(Text), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    [InlineData(int.MaxValue)]
    public void The_last_ones_are_the_newest_and_still_oldest_first(int last)
    {
        var records = new SomeCalls(4).Between(Start, Start.AddDays(1), 300);
        var filter = new CallFilter { Statuses = ["error", "success"], Models = ["claude*"] };
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var read = reader.Calls(filter, last).Select(r => r.Id);

        Assert.Equal(UsageOracle.Select(records, filter).Select(r => r.Id).TakeLast(last), read);
    }

    [Fact]
    public void Other_questions_can_be_asked_between_two_calls()
    {
        var records = new SomeCalls(5).Between(Start, Start.AddDays(1), 20);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var attempts = reader.Calls(new CallFilter())
            .Select(r => reader.Usage(new CallFilter { Until = r.StartedAt }, [], TimeZoneInfo.Utc).Totals.Attempts);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), attempts);
    }

    [Fact]
    public void A_list_shows_what_was_there_when_it_began()
    {
        using var ledger = TestLedger.With(new SomeCalls(6).Between(Start, Start.AddDays(1), 10));
        using var reader = ledger.Read();
        using var list = reader.Calls(new CallFilter()).GetEnumerator();
        Assert.True(list.MoveNext());

        ledger.Write(new SomeCalls(7).Between(Start.AddDays(2), Start.AddDays(3), 10));
        var rest = 0;
        while (list.MoveNext())
        {
            rest++;
        }

        Assert.Equal(9, rest);
        Assert.Equal(20, reader.Calls(new CallFilter()).Count());
    }

    [Fact]
    public void A_list_holds_on_to_no_record_that_it_has_given()
    {
        using var ledger = TestLedger.With(new SomeCalls(8).Between(Start, Start.AddDays(1), 200));
        using var reader = ledger.Read();
        using var list = reader.Calls(new CallFilter(), 150).GetEnumerator();
        var given = Take(list, 100);

        GC.Collect();

        Assert.True(list.MoveNext());
        Assert.InRange(given.Count(record => record.IsAlive), 0, 1);
    }

    [Fact]
    public void A_record_with_damaged_details_is_still_listed_and_says_so()
    {
        var records = new SomeCalls(9).Between(Start, Start.AddDays(1), 3);
        using var ledger = TestLedger.With(records);
        ledger.Execute($"UPDATE call_details SET extra = '{{\"iterations\":[{{' WHERE id = x'{Hex(records[0])}'");
        ledger.Execute("PRAGMA foreign_keys = OFF");
        ledger.Execute($"DELETE FROM call_details WHERE id = x'{Hex(records[1])}'");
        using var reader = ledger.Read();

        var read = reader.Calls(new CallFilter()).ToList();

        Assert.Equal("extra_unreadable", Assert.Single(read[0].Faults));
        Assert.Equal("details_missing", Assert.Single(read[1].Faults));
        Assert.Equal(records[1].Model, read[1].Model);
        Assert.Equal(records.Select(r => r.Cost.ByClass), read.Select(r => r.Cost.ByClass));
        Assert.Equal(Text(records[2]), Text(read[2]));
    }

    [Fact]
    public void Calls_are_found_by_id_beginning_of_id_message_and_request()
    {
        var records = new SomeCalls(10).Between(Start, Start.AddDays(60), 200);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();
        var wanted = records[123];
        var id = wanted.Id.ToString();

        Assert.Equal([wanted.Id], Ids(id));
        Assert.Equal([wanted.Id], Ids(id.ToLowerInvariant()));
        Assert.Equal([wanted.Id], Ids(id[..18]));
        Assert.Equal([wanted.Id], Ids(wanted.MessageId!));
        Assert.Equal([wanted.Id], Ids(wanted.RequestId!));
        Assert.Equal(records.Select(r => r.Id).Where(other => other.ToString().StartsWith(id[..4], StringComparison.Ordinal)).Take(10), Ids(id[..4]));
        Assert.Empty(Ids(id[..3]));
        Assert.Empty(Ids(id + "0"));
        Assert.Empty(Ids("msg_"));
        Assert.Empty(Ids("' OR 1=1 --"));
        Assert.Empty(Ids("ZZZZZZ"));
        Assert.Empty(Ids(string.Empty));

        IEnumerable<CallId> Ids(string text) => reader.Find(text).Select(r => r.Id);
    }

    [Fact]
    public void A_key_that_nobody_wrote_stops_no_question()
    {
        using var ledger = TestLedger.With(new SomeCalls(11).Between(Start, Start.AddDays(1), 5));
        ledger.Execute("INSERT INTO calls (id, attempt, provider, operation, outcome, cost_basis, duration_us) VALUES (x'FF', 1, 1, 1, 1, 3, 0), (x'', 1, 99, 99, 99, 3, 0)");
        using var reader = ledger.Read();

        Assert.Equal(5, reader.Calls(new CallFilter()).Count());
        Assert.Equal(5, reader.Calls(new CallFilter(), 50).Count());
        Assert.Contains("2 attempts with a malformed key", reader.Check().IntegrityFaults, StringComparer.Ordinal);
        Assert.Equal(5, reader.Usage(new CallFilter(), [new Grouping(GroupKind.Day)], TimeZoneInfo.Utc).Totals.Attempts);
    }

    [Fact]
    public void Without_writers_no_question_changes_the_file()
    {
        using var ledger = TestLedger.With(new SomeCalls(12).Between(Start, Start.AddDays(1), 50));
        ledger.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var before = File.ReadAllBytes(ledger.Path);
        using (var reader = ledger.Read())
        {
            Assert.Equal(50, reader.Calls(new CallFilter { Models = ["*"] }).Count() + reader.Calls(new CallFilter()).Count(r => r.Model is null && r.ModelRequested is null));
            Assert.Equal(50, reader.Check().Attempts);
        }

        SqliteConnection.ClearAllPools();
        Assert.Equal(before, File.ReadAllBytes(ledger.Path));
    }

    // Not inlined, so that no register or local of the test keeps a record alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Take(IEnumerator<CallRecord> list, int count)
    {
        var taken = new List<WeakReference>();
        while (taken.Count < count && list.MoveNext())
        {
            taken.Add(new WeakReference(list.Current));
        }

        return taken;
    }

    private static string Text(CallRecord record) => JsonSerializer.Serialize(record);

    private static string Hex(CallRecord record) => Convert.ToHexString(TestLedger.Key(record.Id));
}
