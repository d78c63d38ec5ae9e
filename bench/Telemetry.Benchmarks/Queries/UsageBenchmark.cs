using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using CostLedger.Querying;
using CostLedger.Querying.Errors;
using CostLedger.Querying.Latency;

namespace Telemetry.Benchmarks.Queries;

/// <summary>
/// The time of <c>costreport --since 7d --by model</c> without the start of the process, beside what a program would do that
/// reads all rows into objects and lets LINQ sum them.
/// </summary>
public class UsageBenchmark
{
    private static readonly CallFilter s_week = new() { Since = BigLedger.End.AddDays(-7) };
    private static readonly CallFilter s_all = new();
    private static readonly Grouping[] s_byModel = [new(GroupKind.Model)];
    private static readonly Grouping[] s_byDay = [new(GroupKind.Day)];
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // Made once for all questions: it takes longer than they do.
    private static readonly ConcurrentDictionary<int, DirectoryInfo> s_folders = new();

    private string _path = string.Empty;

    /// <summary>How many calls the ledger holds.</summary>
    [Params(1_000_000)]
    public int Calls { get; set; }

    [GlobalSetup]
    public void Create()
    {
        var folder = s_folders.GetOrAdd(Calls, Make);
        _path = Path.Combine(folder.FullName, "ledger.db");
    }

    [Benchmark(Baseline = true, Description = "naive: SELECT * into objects, LINQ; 7 days by model")]
    public int Naive() => NaiveUsage.ByModel(_path, BigLedger.End.AddDays(-7)).Count;

    [Benchmark(Description = "7 days by model, ledger opened and closed")]
    public int WeekByModel() => Ask(s_week, s_byModel);

    [Benchmark(Description = "7 days by day")]
    public int WeekByDay() => Ask(s_week, s_byDay);

    [Benchmark(Description = "90 days by model")]
    public int AllByModel() => Ask(s_all, s_byModel);

    [Benchmark(Description = "90 days by day")]
    public int AllByDay() => Ask(s_all, s_byDay);

    [Benchmark(Description = "90 days by day, model and tag")]
    public int AllByDayModelAndTag() => Ask(s_all, [.. s_byDay, .. s_byModel, new Grouping(GroupKind.Tag, "team")]);

    [Benchmark(Description = "7 days, --model claude-opus*")]
    public int WeekOfOneModel() => Ask(s_week with { Models = ["claude-opus*"] }, s_byModel);

    [Benchmark(Description = "latency, 90 days by model")]
    public int LatencyByModel()
    {
        using var reader = LedgerReader.Open(_path);
        return reader.Latency(s_all, s_byModel, s_zone).Groups.Count;
    }

    [Benchmark(Description = "latency, 90 days by day")]
    public int LatencyByDay()
    {
        using var reader = LedgerReader.Open(_path);
        return reader.Latency(s_all, s_byDay, s_zone).Groups.Count;
    }

    [Benchmark(Description = "errors, 90 days")]
    public int Errors()
    {
        using var reader = LedgerReader.Open(_path);
        return reader.Errors(s_all, s_zone).Groups.Count;
    }

    private static DirectoryInfo Make(int calls)
    {
        var folder = Directory.CreateTempSubdirectory("costledger-bench-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        BigLedger.Create(Path.Combine(folder.FullName, "ledger.db"), calls);
        return folder;
    }

    private int Ask(CallFilter filter, Grouping[] by)
    {
        using var reader = LedgerReader.Open(_path);
        return reader.Usage(filter, by, s_zone).Groups.Count;
    }
}
