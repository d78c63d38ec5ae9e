using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Live.Exposing;

/// <summary>The ledger as metrics: sums since its first call, which only grow until old calls are deleted or priced anew.</summary>
internal static class LedgerMetrics
{
    /// <summary>Pairs of provider and model that are told apart, the dearest first; the rest are one. A time series is dear to keep.</summary>
    public const int MostModels = 500;

    private const string Others = "(others)";

    // The class as the ledger and the JSON of calls name it; what is counted of it is searches.
    private const string ServerTools = "server_tools";
    private static readonly Grouping[] s_by = [new(GroupKind.Provider), new(GroupKind.Model), new(GroupKind.Status)];

    /// <summary>Asks a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="filter">Which calls; of any time.</param>
    /// <param name="version">The program's version.</param>
    public static string Of(ILedgerSource ledger, CallFilter filter, string version)
    {
        var all = filter with { Since = null, Until = null };
        var usage = ledger.Usage(all, s_by, TimeZoneInfo.Utc);
        var last = ledger.Calls(all, last: 1).LastOrDefault();
        var text = new MetricsText();
        Write(text, Models(usage.Groups));
        text.Begin("costreport_last_call_timestamp_seconds", "gauge", "When the last call began, as Unix time; 0 where there is none.");
        text.Add("costreport_last_call_timestamp_seconds", [], last is null ? TimeSpan.Zero : last.StartedAt - DateTimeOffset.UnixEpoch);
        text.Begin("costreport_build_info", "gauge", "The version of costreport.");
        text.Add("costreport_build_info", [("version", version)], 1);
        return text.ToString();
    }

    private static List<ModelSums> Models(IReadOnlyList<UsageGroup> groups)
    {
        var models = groups
            .GroupBy(g => (Provider: g.Key[0] ?? "", Model: g.Key[1] ?? ""))
            .Select(g => new ModelSums(g.Key.Provider, g.Key.Model, ByStatus(g.Select(s => (Wording.Name(s.Key[2]), s.Totals)))))
            .OrderByDescending(m => m.Totals.Cost.Total)
            .ThenBy(m => m.Provider, StringComparer.Ordinal)
            .ThenBy(m => m.Model, StringComparer.Ordinal)
            .ToList();
        if (models.Count <= MostModels)
        {
            return models;
        }

        return [.. models.Take(MostModels), new ModelSums(Others, Others, ByStatus(models.Skip(MostModels).SelectMany(m => m.Statuses)))];
    }

    // A model that is not known and one whose name is empty have one label, and two series of the same labels are an error.
    private static IReadOnlyList<(string Status, UsageTotals Totals)> ByStatus(IEnumerable<(string Status, UsageTotals Totals)> sums) =>
        [.. sums.GroupBy(s => s.Status, s => s.Totals, StringComparer.Ordinal).Select(s => (s.Key, s.Aggregate(Totals.Add)))];

    private static void Write(MetricsText text, List<ModelSums> models)
    {
        Each(text, models, "costreport_cost_usd_total", "counter", "The cost in US dollars, by class of tokens.", (name, labels, m) =>
        {
            foreach (var (kind, _, cost) in Classes(m))
            {
                text.Add(name, [.. labels, ("class", kind)], cost);
            }
        });
        Each(text, models, "costreport_tokens_total", "counter", "Tokens, by class; web searches are counted by themselves.", (name, labels, m) =>
        {
            foreach (var (kind, quantity, _) in Classes(m).Where(c => c.Kind != ServerTools))
            {
                text.Add(name, [.. labels, ("class", kind)], quantity);
            }
        });
        Each(text, models, "costreport_attempts_total", "counter", "Attempts, by how they ended.", (name, labels, m) =>
        {
            foreach (var (status, totals) in m.Statuses)
            {
                text.Add(name, [.. labels, ("status", status)], totals.Attempts);
            }
        });
        Each(text, models, "costreport_calls_total", "counter", "Calls; one that was tried again is one.", (name, labels, m) => text.Add(name, labels, m.Totals.Calls));
        Each(text, models, "costreport_web_searches_total", "counter", "Web searches.", (name, labels, m) => text.Add(name, labels, m.Totals.WebSearchRequests));
        Each(text, models, "costreport_unpriced_attempts_total", "counter", "Attempts whose cost is unknown, and in no sum.", (name, labels, m) => text.Add(name, labels, m.Totals.UnpricedCalls));
        Each(text, models, "costreport_cache_saved_usd", "gauge", "What caching saved, less what it cost; below zero where it cost more.", (name, labels, m) => text.Add(name, labels, m.Totals.SavedByCache));
        Each(text, models, "costreport_duration_seconds", "summary", "How long attempts took.", (name, labels, m) =>
        {
            text.Add(name + "_sum", labels, m.Totals.Duration);
            text.Add(name + "_count", labels, m.Totals.Attempts);
        });
        Each(text, models, "costreport_first_token_seconds", "summary", "How long attempts took to their first content.", (name, labels, m) =>
        {
            text.Add(name + "_sum", labels, m.Totals.FirstContent);
            text.Add(name + "_count", labels, m.Totals.FirstContentCalls);
        });
    }

    private static void Each(MetricsText text, List<ModelSums> models, string name, string type, string help, Action<string, (string Name, string Value)[], ModelSums> write)
    {
        text.Begin(name, type, help);
        foreach (var model in models)
        {
            write(name, [("provider", model.Provider), ("model", model.Model)], model);
        }
    }

    private static IEnumerable<(string Kind, long Quantity, NanoUsd Cost)> Classes(ModelSums model) =>
        model.Totals.Classes().Select(c => (c.Name == "web searches" ? ServerTools : c.Name.Replace(' ', '_'), c.Quantity, c.Cost));

    private sealed record ModelSums(string Provider, string Model, IReadOnlyList<(string Status, UsageTotals Totals)> Statuses)
    {
        public UsageTotals Totals { get; } = Statuses.Select(s => s.Totals).Aggregate(Reports.Totals.Add);
    }
}
