using System.Diagnostics;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Traffic;
using CostReport.Cli.Times;
using CostReport.Cli.Whatifs.Answering;
using CostReport.Cli.Whatifs.Assuming;
using Telemetry.Handler.Caching.Replaying;
using Telemetry.Handler.Segments;

namespace Telemetry.Benchmarks.Queries;

/// <summary>How long <c>costreport whatif</c> takes over a ledger of a million calls with prompts: conversations of fifty turns, two blocks a turn.</summary>
internal static class WhatifTimes
{
    private const int Calls = 1_000_000;

    /// <summary>Makes the ledger where it is missing, asks, and prints times and memory.</summary>
    public static void Run(string path)
    {
        if (!File.Exists(path))
        {
            BigLedger.Create(path, Calls);
        }

        var prices = PriceBook.Default;
        var model = new TargetModel("claude-opus-4-6", prices.Match("claude-opus-4-6").Row!);
        Print(path, "--ttl 1h", new Assumption { Lifetime = CacheLifetime.OneHour });
        Print(path, "--breakpoints tools,last", new Assumption { Breakpoints = BreakpointPlaces.Tools | BreakpointPlaces.Last });
        Print(path, "--model, another tokenizer", new Assumption { Model = model });
        Print(path, "--no-cache", new Assumption { NoCache = true });
        Print(path, "--batch --geo us", new Assumption { Batch = true, Geo = "us" });
    }

    private static void Print(string path, string name, Assumption assumption)
    {
        using var reader = LedgerReader.Open(path);
        var groups = new Grouper([], new Period(null, null, BigLedger.End, TimeZoneInfo.Utc));
        var begun = Stopwatch.GetTimestamp();
        var traffic = reader.Traffic(new CallFilter(), assumption.NeedsReplay ? WhatifEngine.Before : null);
        var read = Stopwatch.GetElapsedTime(begun);
        var answer = new WhatifEngine(PriceBook.Default, assumption).Answer(traffic, groups);
        var time = Stopwatch.GetElapsedTime(begun);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"{name,-28} {time.TotalSeconds,6:N2} s (tree {read.TotalSeconds:N2} s)   {answer.Totals.Calls:N0} calls, {answer.Replay?.Calls ?? 0:N0} played, {answer.Totals.Dearer:N0} dearer   most memory {process.PeakWorkingSet64 >> 20:N0} MiB");
    }
}
