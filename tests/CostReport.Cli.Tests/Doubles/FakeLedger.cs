using System.Globalization;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Attempts;
using CostLedger.Querying.Caching;
using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Conversations;
using CostLedger.Querying.Errors;
using CostLedger.Querying.Latency;
using CostLedger.Querying.Limits;
using CostLedger.Querying.Overviews;
using CostLedger.Querying.Prompts;
using CostLedger.Querying.Tools;
using CostLedger.Querying.Traffic;
using CostLedger.Records;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>A ledger in memory. It knows periods, models and statuses; the other filters are the real ledger's to test.</summary>
internal sealed class FakeLedger(IReadOnlyList<CallRecord> calls) : ILedgerSource
{
    public LedgerHealth Health { get; init; } = new()
    {
        Path = "/var/lib/costledger/ledger.db",
        SchemaVersion = 1,
        SizeBytes = 1_234_567,
        IntegrityFaults = [],
        Attempts = calls.Count,
        Period = calls.Count == 0 ? null : (calls[0].StartedAt, calls[^1].StartedAt),
        Interrupted = 0,
        UnpricedModels = [],
        Spools = [],
        MovedAside = [],
        Faults = [],
        FileMode = "0600",
    };

    /// <summary>Price lists of old that the ledger holds.</summary>
    public IReadOnlyList<string> PriceVersions { get; init; } = ["2026-11-20+f00dcafe"];

    public List<CallFilter> Asked { get; } = [];

    public bool IsClosed { get; private set; }

    public UsageReport Usage(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone)
    {
        Asked.Add(filter);
        var groups = Matching(filter)
            .GroupBy(c => by.Select(g => Key(c, g, zone)).ToList(), new KeyComparer())
            .Select(g => new UsageGroup(g.Key, g.Select(Sum).Aggregate(CostReport.Cli.Reports.Totals.Add)))
            .OrderBy(g => by.Count > 0 && by[0].Kind <= GroupKind.Month ? g.Key[0] : "", StringComparer.Ordinal)
            .ThenByDescending(g => g.Totals.Cost.Total)
            .ToList();
        var totals = groups.Select(g => g.Totals).Aggregate(new UsageTotals(), CostReport.Cli.Reports.Totals.Add);
        var versions = Matching(filter).Select(c => c.Cost.PriceVersion).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return new UsageReport(totals, by, by.Count == 0 ? [] : groups, versions);
    }

    public Overview Overview(OverviewQuestion question) => new(
        [.. question.Usage.Select(by => Usage(question.Filter, by, question.Zone))],
        [.. question.Latency.Select(by => Latency(question.Filter, by, question.Zone))],
        [.. Matching(question.Filter).Where(c => c.Cost.Total?.Value > 0).OrderByDescending(c => c.Cost.Total).Take(question.Dearest)],
        [.. Matching(question.Filter).OrderByDescending(c => c.Timing.Total).Take(question.Slowest)]);

    public LatencyReport Latency(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone) => new(new LatencyTotals(), by, [], []);

    public ErrorReport Errors(CallFilter filter, TimeZoneInfo zone) => new();

    public AttemptReport Attempts(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone) => new(new AttemptTotals(), by, [], [], [], []);

    public LimitReport Limits(CallFilter filter, DateTimeOffset now) => new(now, TimeSpan.FromMinutes(1), [], []);

    public ConversationReport Conversations(CallFilter filter) =>
        new() { Conversations = [], Alone = default, AloneBySession = new Dictionary<string, TurnTotals>(StringComparer.Ordinal) };

    public ToolReport Tools(CallFilter filter) => new() { Tools = [], Loops = [], Calls = 0, InputTokens = 0, InputCost = NanoUsd.Zero, Unread = 0 };

    public IEnumerable<EstimatedCall> Estimates(CallFilter filter) => [];

    public LedgerTraffic Traffic(CallFilter filter, TimeSpan? before) => new(PromptTree.Empty, []);

    public CacheReport Cache(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone, BreakChoice choice) =>
        new(new CacheTotals(), by, [], [], [], [], [], default);

    public AdviceReport CacheAdvice(CallFilter filter, PriceBook prices) => new([], 0, IsCut: false, default);

    public IEnumerable<CallRecord> Calls(CallFilter filter, int? last = null)
    {
        Asked.Add(filter);
        var found = Matching(filter).ToList();
        return last is { } count ? found.TakeLast(count) : found;
    }

    public IReadOnlyList<CallRecord> Find(string id) =>
        [.. calls.Where(c => c.Id.ToString().StartsWith(id, StringComparison.OrdinalIgnoreCase) || string.Equals(c.MessageId, id, StringComparison.Ordinal) || string.Equals(c.RequestId, id, StringComparison.Ordinal)).Take(10)];

    public CostBreakdown? PriceAsThen(string version, PricingRequest request) =>
        PriceVersions.Contains(version, StringComparer.Ordinal) ? FakePrices.Explain(request, version) : null;

    public LedgerHealth Check() => Health;

    public void Dispose() => IsClosed = true;

    private IEnumerable<CallRecord> Matching(CallFilter filter) => calls.Where(c =>
        (filter.Since is null || c.StartedAt >= filter.Since)
        && (filter.Until is null || c.StartedAt < filter.Until)
        && (filter.Models.Count == 0 || filter.Models.Contains(c.Model, StringComparer.Ordinal))
        && (filter.Statuses.Count == 0 || filter.Statuses.Contains(c.Outcome.Name(), StringComparer.Ordinal)));

    private static string? Key(CallRecord call, Grouping by, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(call.StartedAt, zone);
        return by.Kind switch
        {
            GroupKind.Hour => local.ToString("yyyy-MM-dd'T'HH:00zzz", CultureInfo.InvariantCulture),
            GroupKind.Day => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            GroupKind.Month => local.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            GroupKind.Model => call.Model,
            GroupKind.Provider => call.Provider.Name(),
            GroupKind.Session => call.Labels.Session,
            GroupKind.Tag => call.Labels.Tags.TryGetValue(by.TagKey ?? "", out var value) ? value : null,
            GroupKind.Status => call.Outcome.Name(),
            GroupKind.Conversation => call.Labels.Conversation,
            GroupKind.Error => call.ErrorType,
            _ => call.StopReason,
        };
    }

    private static UsageTotals Sum(CallRecord call)
    {
        var writes = CostReport.Cli.Calls.CacheWrites.Of(call.Usage);
        var usage = call.Usage ?? new TokenUsage();
        return new UsageTotals
        {
            Calls = One(call.Attempt == 1),
            Attempts = 1,
            Errors = One(call.Outcome is CallOutcome.Error or CallOutcome.Timeout or CallOutcome.Truncated or CallOutcome.Interrupted),
            InputTokens = usage.InputTokens ?? 0,
            OutputTokens = usage.OutputTokens ?? call.Estimate?.OutputTokens ?? 0,
            ThinkingTokens = usage.ThinkingTokens ?? 0,
            CacheReadInputTokens = usage.CacheReadInputTokens ?? 0,
            CacheCreation5mInputTokens = writes.FiveMinutes ?? 0,
            CacheCreation1hInputTokens = writes.OneHour ?? 0,
            WebSearchRequests = usage.WebSearchRequests ?? 0,
            Cost = call.Cost.ByClass ?? default,
            SavedByCache = call.Cost.SavedByCache ?? NanoUsd.Zero,
            UnpricedCalls = One(call.Cost.Basis == CostBasis.Unpriced),
            EstimatedCalls = One(call.Cost.Basis == CostBasis.Estimated),
            FirstContent = call.Timing.FirstContent ?? TimeSpan.Zero,
            FirstContentCalls = One(call.Timing.FirstContent is not null),
            Duration = call.Timing.Total,
        };
    }

    private static int One(bool holds) => holds ? 1 : 0;

    private sealed class KeyComparer : IEqualityComparer<List<string?>>
    {
        public bool Equals(List<string?>? x, List<string?>? y) => (x, y) is ({ } left, { } right) && left.SequenceEqual(right, StringComparer.Ordinal);

        public int GetHashCode(List<string?> obj) => obj.Aggregate(0, (hash, text) => HashCode.Combine(hash, text));
    }
}
