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

namespace CostReport.Cli.Sources;

/// <summary>A ledger file.</summary>
internal sealed class LedgerSource(LedgerReader reader) : ILedgerSource
{
    // Few versions, many calls.
    private readonly Dictionary<string, PriceBook?> _books = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public UsageReport Usage(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone) => reader.Usage(Named(filter), by, zone);

    /// <inheritdoc/>
    public Overview Overview(OverviewQuestion question) => reader.Overview(question with { Filter = Named(question.Filter) });

    /// <inheritdoc/>
    public LatencyReport Latency(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone) => reader.Latency(Named(filter), by, zone);

    /// <inheritdoc/>
    public ErrorReport Errors(CallFilter filter, TimeZoneInfo zone) => reader.Errors(Named(filter), zone);

    /// <inheritdoc/>
    public AttemptReport Attempts(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone) => reader.Attempts(Named(filter), by, zone);

    /// <inheritdoc/>
    public LimitReport Limits(CallFilter filter, DateTimeOffset now) => reader.Limits(Named(filter), now);

    /// <inheritdoc/>
    public ConversationReport Conversations(CallFilter filter) => reader.Conversations(Named(filter));

    /// <inheritdoc/>
    public ToolReport Tools(CallFilter filter) => reader.Tools(Named(filter));

    /// <inheritdoc/>
    public IEnumerable<EstimatedCall> Estimates(CallFilter filter) => reader.Estimates(Named(filter));

    /// <inheritdoc/>
    public LedgerTraffic Traffic(CallFilter filter, TimeSpan? before) => reader.Traffic(Named(filter), before);

    /// <inheritdoc/>
    public CacheReport Cache(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone, BreakChoice choice) => reader.Cache(Named(filter), by, zone, choice);

    /// <inheritdoc/>
    public AdviceReport CacheAdvice(CallFilter filter, PriceBook prices) => reader.CacheAdvice(Named(filter), prices);

    /// <inheritdoc/>
    public IEnumerable<CallRecord> Calls(CallFilter filter, int? last = null) => reader.Calls(Named(filter), last);

    /// <inheritdoc/>
    public IReadOnlyList<CallRecord> Find(string id) => reader.Find(id);

    /// <inheritdoc/>
    public CostBreakdown? PriceAsThen(string version, PricingRequest request)
    {
        if (!_books.TryGetValue(version, out var book))
        {
            _books[version] = book = reader.PriceBook(version);
        }

        return book?.Price(request);
    }

    /// <inheritdoc/>
    public LedgerHealth Check() => reader.Check();

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    // Reports show conversations without a name by the id of a call: what is shown can be asked for.
    private CallFilter Named(CallFilter filter) => reader.WithConversationCalls(filter);
}
