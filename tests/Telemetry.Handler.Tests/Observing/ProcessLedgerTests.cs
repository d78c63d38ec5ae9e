using CostLedger;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Records;
using CostLedger.Storage;
using CostLedger.Writing;
using Telemetry.Handler.Observing;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Observing;

public sealed class ProcessLedgerTests : IDisposable
{
    // A busy machine may be late to run the opening; what these tests say holds once it has run.
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("process-ledger-");

    private string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_first_record_waits_for_the_opening_and_prices_are_kept()
    {
        SqliteLedger? opened = null;
        var ledger = new ProcessLedger(() => opened = PatientLedger.Open(LedgerPath), TimeProvider.System, LongEnough);
        ledger.Keep(PriceBook.Default);

        var outcome = await ledger.WriteAsync(NewRecord(), default);

        Assert.Contains(outcome, new[] { WriteOutcome.Committed, WriteOutcome.Queued });
        await opened!.DisposeAsync();
        using var reader = LedgerReader.Open(LedgerPath);
        Assert.Single(reader.Calls(new CallFilter()));
        Assert.NotNull(reader.PriceBook(PriceBook.Default.Version));
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_opened_costs_records_never_exceptions_and_is_tried_again_later()
    {
        var time = new Clock();
        var tries = 0;
        SqliteLedger? opened = null;
        var ledger = new ProcessLedger(
            () => ++tries == 1 ? throw new LedgerException("no right to write there") : opened = PatientLedger.Open(LedgerPath),
            time,
            LongEnough);

        Assert.Equal(WriteOutcome.Lost, await ledger.WriteAsync(NewRecord(), default));
        Assert.Equal(WriteOutcome.Lost, await ledger.WriteAsync(NewRecord(), default));
        Assert.Equal(1, tries);

        time.Now += TimeSpan.FromSeconds(11).Ticks;
        Assert.NotEqual(WriteOutcome.Lost, await ledger.WriteAsync(NewRecord(), default));
        Assert.Equal(2, tries);
        await opened!.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_records_that_come_before_the_opening_are_all_written(bool isOpen)
    {
        SqliteLedger? opened = null;
        var ledger = new ProcessLedger(() => opened = PatientLedger.Open(LedgerPath), TimeProvider.System, LongEnough);
        if (isOpen)
        {
            await ledger.WriteAsync(NewRecord(), default);
        }

        var bulk = ledger.BeginBulk();
        for (var i = 1; i <= 500; i++)
        {
            bulk.Add(NewRecord((UInt128)i << 10));
        }

        Assert.NotEqual(WriteOutcome.Lost, await bulk.CompleteAsync());
        await opened!.DisposeAsync();
        using var reader = LedgerReader.Open(LedgerPath);
        Assert.Equal(isOpen ? 501 : 500, reader.Calls(new CallFilter()).Count());
    }

    [Fact]
    public async Task Many_records_are_lost_only_with_the_ledger_and_nobody_waits_for_each()
    {
        var ledger = new ProcessLedger(() => throw new LedgerException("no right to write there"), new Clock(), LongEnough);
        var bulk = ledger.BeginBulk();

        for (var i = 1; i <= 1_000; i++)
        {
            bulk.Add(NewRecord((UInt128)i << 10));
        }

        Assert.Equal((WriteOutcome.Lost, WriteOutcome.Lost), (await bulk.CompleteAsync(), bulk.Complete()));
    }

    private static CallRecord NewRecord(UInt128? key = null) => new()
    {
        Id = CallId.Create(DateTimeOffset.UnixEpoch.AddDays(20_000), key ?? 7),
        Provider = Provider.Anthropic,
        Operation = Operation.Messages,
        Outcome = CallOutcome.Success,
        Cost = new CallCost { Basis = CostBasis.Measured, ByClass = default(CostByClass), PriceVersion = PriceBook.Default.Version },
    };

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; } = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
