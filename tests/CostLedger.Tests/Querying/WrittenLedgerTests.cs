using System.Text.Json;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Records;
using CostLedger.Repricing;
using CostLedger.Writing;
using Testing;
using Xunit;

namespace CostLedger.Tests.Querying;

/// <summary>What the ledger's own writer writes, its reader reads.</summary>
public sealed class WrittenLedgerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-written-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "ledger.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Records_come_back_as_they_were_handed_in()
    {
        var records = new SomeCalls(50).Between(Start, Start.AddDays(5), 300).Select(Storable).ToList();
        await Write(records);
        using var reader = LedgerReader.Open(Path);

        Assert.Equal(records.Select(Text), reader.Calls(new CallFilter()).Select(Text), StringComparer.Ordinal);
        Assert.Empty(reader.Check().IntegrityFaults);
        Assert.Equal(
            UsageOracle.Usage(records, new CallFilter(), [new(GroupKind.Day), new(GroupKind.Session)], TimeZoneInfo.Utc).Groups.Select(g => g.Totals),
            reader.Usage(new CallFilter(), [new(GroupKind.Day), new(GroupKind.Session)], TimeZoneInfo.Utc).Groups.Select(g => g.Totals));
    }

    [Fact]
    public async Task What_todays_list_priced_stays_the_same_when_it_is_priced_again()
    {
        var records = new SomeCalls(51).Between(Start, Start.AddDays(5), 300)
            .Select(r => Storable(r))
            .Select(r => r with { Cost = PriceBook.Default.Price(PricingRequest.From(r)).Cost }).ToList();
        await Write(records);

        var report = new Repricer(Path, PriceBook.Default).DryRun(new CallFilter());

        Assert.Equal((300L, 0L), (report.Attempts, report.Changed));
    }

    [Fact]
    public async Task After_pricing_again_the_ledger_holds_the_list()
    {
        await Write(new SomeCalls(52).Between(Start, Start.AddDays(5), 300).Select(Storable));
        var repricer = new Repricer(Path, PriceBook.Default);

        var report = repricer.Apply(new CallFilter());

        using var reader = LedgerReader.Open(Path);
        Assert.NotEqual(0, report.Written);
        Assert.Equal(PriceBook.Default.Content.ToArray(), reader.PriceBook(PriceBook.Default.Version)?.Content.ToArray());
        Assert.Equal(0, repricer.Apply(new CallFilter()).Changed);
        Assert.All(reader.Calls(new CallFilter()), r => Assert.True(
            r.Cost.Total == PriceBook.Default.Price(PricingRequest.From(r)).Cost.Total));
    }

    private async Task Write(IEnumerable<CallRecord> records)
    {
        await using var ledger = PatientLedger.Open(Path);
        foreach (var record in records)
        {
            Assert.Equal(WriteOutcome.Committed, await ledger.WriteAsync(record, default));
        }
    }

    // Texts without NUL and of bounded length: the writer stores no others.
    private static CallRecord Storable(CallRecord record) => record with
    {
        ModelServed = Clean(record.ModelServed),
        ModelRequested = Clean(record.ModelRequested),
        Labels = record.Labels with
        {
            Session = Clean(record.Labels.Session),
            Conversation = Clean(record.Labels.Conversation),
            Tags = new SortedDictionary<string, string>(record.Labels.Tags.ToDictionary(t => t.Key, t => Clean(t.Value)!, StringComparer.Ordinal), StringComparer.Ordinal),
        },
    };

    private static string? Clean(string? text) => text is null ? null : CostLedger.Storage.Statement.Clean(text);

    private static string Text(CallRecord record) => JsonSerializer.Serialize(record);
}
