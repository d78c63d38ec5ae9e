using System.Diagnostics;
using CostLedger;
using CostLedger.Writing;

namespace Telemetry.Benchmarks.Ledger;

/// <summary>
/// The distribution of single commits, which an average hides, and the rate of 64 callers; each beside the naive way of writing
/// (one transaction a record with Microsoft.Data.Sqlite, same journal mode, same machine, same run).
/// </summary>
internal static class LedgerLatency
{
    private const int Samples = 5_000;
    private const int WarmUp = 1_000;
    private const int Callers = 64;
    private const int PerCaller = 1_000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-latency").FullName;
        try
        {
            using var naive = new NaiveLedger(Path.Combine(folder, "naive.db"));
            var calls = Enumerable.Range(0, Samples + WarmUp).Select(_ => SomeCall.Create(DateTimeOffset.UtcNow)).ToList();
            Print("naive, one caller", calls.Select(call => Time(() => naive.Write(call))));

            await using var ledger = SqliteLedger.Open(Path.Combine(folder, "ledger.db"));
            Print("ledger, one caller", calls.Select(call => Time(() => Await(ledger.WriteAsync(call, default)))));
            Print("ledger, noted in flight and written", calls.Select(call => Time(() => Await(ledger.WriteAsync(call, ledger.Begin(call))))));

            var prompts = calls.Select((call, i) => call with { Prompt = SomePrompt.Turn(i) }).ToList();
            Print("ledger, one caller, with a turn's prompt", prompts.Select(call => Time(() => Await(ledger.WriteAsync(call, default)))));

            await using var forced = SqliteLedger.Open(Path.Combine(folder, "forced.db"), new SqliteLedgerOptions { SurvivePowerLoss = true });
            Print("ledger, one caller, survives power loss", calls.Take(WarmUp + 500).Select(call => Time(() => Await(forced.WriteAsync(call, default)))));

            var begun = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => WriteSomeAsync(ledger))));
            Console.WriteLine($"{"ledger, 64 callers",-42} {Callers * PerCaller / Stopwatch.GetElapsedTime(begun).TotalSeconds,10:N0} records/s");
            Console.WriteLine(ledger.Statistics);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteSomeAsync(SqliteLedger ledger)
    {
        for (var i = 0; i < PerCaller; i++)
        {
            await ledger.WriteAsync(SomeCall.Create(DateTimeOffset.UtcNow), default);
        }
    }

    private static void Await(ValueTask<WriteOutcome> write)
    {
        if (write.AsTask().GetAwaiter().GetResult() != WriteOutcome.Committed)
        {
            throw new InvalidOperationException("A record was not committed.");
        }
    }

    private static double Time(Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
    }

    private static void Print(string name, IEnumerable<double> times)
    {
        var sorted = times.Skip(WarmUp).Order().ToList();
        Console.WriteLine($"{name,-42} median {At(0.5),8:N1} us   p90 {At(0.9),8:N1} us   p99 {At(0.99),8:N1} us   most {sorted[^1],10:N1} us");

        double At(double part) => sorted[(int)(part * (sorted.Count - 1))];
    }
}
