using BenchmarkDotNet.Attributes;
using CostLedger;
using CostLedger.Records;

namespace Telemetry.Benchmarks.Ledger;

/// <summary>Durable records: the ledger against one transaction a record, as one would write it with Microsoft.Data.Sqlite.</summary>
public class LedgerBenchmarks : IDisposable
{
    private const int Callers = 64;
    private const int PerCaller = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-bench").FullName;
    private SqliteLedger? _ledger;
    private readonly NaiveLedger _naive;

    public LedgerBenchmarks() =>
        _naive = new NaiveLedger(Path.Combine(_folder, "naive.db"));

    [GlobalSetup]
    public void Open() => _ledger = SqliteLedger.Open(Path.Combine(_folder, "ledger.db"));

    [GlobalCleanup]
    public async Task Close()
    {
        await _ledger!.DisposeAsync();
        Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose()
    {
        _naive.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "naive: one transaction a record")]
    public void Naive() => _naive.Write(SomeCall.Create(DateTimeOffset.UtcNow));

    [Benchmark(Description = "one caller, committed")]
    public async Task One() => await _ledger!.WriteAsync(SomeCall.Create(DateTimeOffset.UtcNow), default);

    [Benchmark(Description = "one caller, noted in flight and committed")]
    public async Task OneNoted()
    {
        var call = SomeCall.Create(DateTimeOffset.UtcNow);
        var ticket = _ledger!.Begin(call);
        await _ledger.WriteAsync(call, ticket);
    }

    [Benchmark(OperationsPerInvoke = Callers * PerCaller, Description = "64 callers, committed")]
    public Task Many() => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(WriteSome)));

    private async Task WriteSome()
    {
        for (var i = 0; i < PerCaller; i++)
        {
            CallRecord call = SomeCall.Create(DateTimeOffset.UtcNow);
            await _ledger!.WriteAsync(call, default);
        }
    }
}
