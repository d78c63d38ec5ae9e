using CostLedger.Pricing;
using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Rules;
using CostLedger.Querying.Caching.Traffic;
using CostLedger.Querying.Reading;

namespace CostLedger.Querying.Caching;

/// <summary>One question to <see cref="CacheQuestions.CacheAdvice"/>.</summary>
internal static class AdviceQuery
{
    // Some habit that the last calls do not show is no habit any more, and a report is not to be waited for.
    private const int MostCalls = 100_000;

    // So long what is written can be read.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static AdviceReport Run(LedgerConnection connection, CallFilter filter, PriceBook prices)
    {
        using var snapshot = connection.BeginSnapshot();
        using var tree = new PromptTree(connection);
        using var reader = new TrafficReader(connection, FilterCompiler.Compile(connection, filter), tree, new PriceTable(prices));
        var (calls, isCut) = reader.Read(MostCalls);
        var (others, isPart) = calls.Count == 0 ? ([], false) : reader.ReadOthers(calls[0].Start, calls[^1].Start + Longest, MostCalls);
        var traffic = new CacheTraffic(calls, tree)
        {
            IsCut = isCut,
            Others = others,
            CertainSince = isPart ? others[0].Start : default,
            End = LastStart(connection),
            UsedTools = ToolNames.Read(connection),
        };
        return new AdviceReport(Advisor.Advise(traffic), calls.Count, isCut, UnreadWrites.Of(traffic));
    }

    // Also calls outside the filter tell that time went on.
    private static DateTimeOffset LastStart(LedgerConnection connection)
    {
        using var last = connection.Prepare("SELECT id FROM calls WHERE length(id) = 16 ORDER BY id DESC LIMIT 1");
        return last.Step() ? Records.CallId.FromBytes(last.Bytes(0)).Time : default;
    }
}
