using CostLedger.Querying;
using CostLedger.Records;
using CostLedger.Storage;
using Xunit;

namespace CostLedger.Tests.Querying;

public sealed class HealthCheckTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_sound_ledger_is_counted()
    {
        var records = new SomeCalls(30).Between(Start, Start.AddDays(3), 400);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var health = reader.Check();

        Assert.Empty(health.IntegrityFaults);
        Assert.Equal(ledger.Path, health.Path);
        Assert.Equal(Migrator.Current.Latest, health.SchemaVersion);
        Assert.Equal(400, health.Attempts);
        Assert.Equal((records[0].StartedAt, records[^1].StartedAt), health.Period);
        Assert.Equal(records.Count(r => r.Outcome == CallOutcome.Interrupted), health.Interrupted);
        Assert.Equal(records.Count(r => r.Faults.Count > 0), Assert.Single(health.Faults).Value);
        Assert.Equal("malformed_json", health.Faults[0].Key);
        Assert.Equal(records.Where(r => r.Faults.Count > 0).Min(r => r.Id), health.FirstWithFault["malformed_json"]);
        Assert.InRange(health.SizeBytes, 50_000, 10_000_000);
    }

    [Fact]
    public void Models_without_a_price_are_named_most_attempts_first()
    {
        var records = new SomeCalls(31).Between(Start, Start.AddDays(3), 400);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var models = reader.Check().UnpricedModels;

        var expected = records.Where(r => r.Cost.Basis == CostBasis.Unpriced).GroupBy(r => r.Model ?? "", StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.LongCount(), StringComparer.Ordinal);
        Assert.Equal(expected, models.ToDictionary(StringComparer.Ordinal));
        Assert.Equal(models.Select(m => m.Value).OrderDescending(), models.Select(m => m.Value));
    }

    [Fact]
    public void An_empty_ledger_has_no_period()
    {
        using var ledger = new TestLedger();
        using var reader = ledger.Read();

        var health = reader.Check();

        Assert.Null(health.Period);
        Assert.Equal(0, health.Attempts);
        Assert.Empty(health.UnpricedModels);
        Assert.Empty(health.Faults);
    }

    [Fact]
    public void Files_beside_the_ledger_are_named()
    {
        using var ledger = new TestLedger("[a]*.db");
        string[] names = ["[a]*.db.spool-12-1", "[a]*.db.inflight-12-a", "[a]*.db.corrupt-20261101T000000Z", "[a]*.db.corrupt-20261101T000000Z-wal", "[a]x.db.spool-1"];
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(ledger.Folder, name), "12345");
        }

        // A living owner holds its files; what an ended one left would be taken in first.
        using var spool = Hold(ledger, names[0]);
        using var notes = Hold(ledger, names[1]);
        using var reader = ledger.Read();

        var health = reader.Check();

        Assert.Equal([new(Path.Combine(ledger.Folder, names[0]), 5)], health.Spools);
        Assert.Equal(Path.Combine(ledger.Folder, names[1]), Assert.Single(health.InFlight));
        Assert.Equal(Path.Combine(ledger.Folder, names[2]), Assert.Single(health.MovedAside));
    }

    [Fact]
    public void The_mode_of_the_file_is_told_as_people_write_it()
    {
        using var ledger = new TestLedger();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(ledger.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var reader = ledger.Read();

        Assert.Equal(OperatingSystem.IsWindows() ? null : "0600", reader.Check().FileMode);
    }

    [Fact]
    public void Damaged_pages_are_found_and_do_not_end_the_check()
    {
        using var ledger = TestLedger.With(new SomeCalls(32).Between(Start, Start.AddDays(3), 2000));
        ledger.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var copy = Path.Combine(ledger.Folder, "copy.db");
        var bytes = File.ReadAllBytes(ledger.Path);
        bytes.AsSpan(bytes.Length / 2, 9000).Fill(0xA5);
        File.WriteAllBytes(copy, bytes);

        using var reader = LedgerReader.Open(copy);

        Assert.NotEmpty(reader.Check().IntegrityFaults);
    }

    [Fact]
    public void An_attempt_without_details_is_a_fault()
    {
        using var ledger = TestLedger.With(new SomeCalls(33).Between(Start, Start.AddDays(3), 5));
        ledger.Execute("DELETE FROM call_details WHERE id = (SELECT max(id) FROM calls)");
        using var reader = ledger.Read();

        Assert.Equal("1 attempts without details", Assert.Single(reader.Check().IntegrityFaults));
    }

    private static FileStream Hold(TestLedger ledger, string name) =>
        new(Path.Combine(ledger.Folder, name), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
}
