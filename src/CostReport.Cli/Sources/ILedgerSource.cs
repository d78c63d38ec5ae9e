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

/// <summary>What reports ask of a ledger.</summary>
internal interface ILedgerSource : IDisposable
{
    /// <summary>Sums attempts.</summary>
    UsageReport Usage(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone);

    /// <summary>Answers several questions about the same attempts at once.</summary>
    Overview Overview(OverviewQuestion question);

    /// <summary>Measures how long answers took.</summary>
    LatencyReport Latency(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone);

    /// <summary>Counts attempts that failed.</summary>
    ErrorReport Errors(CallFilter filter, TimeZoneInfo zone);

    /// <summary>Sums what attempts wasted, by logical call.</summary>
    AttemptReport Attempts(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone);

    /// <summary>Tells how near the rate limits are.</summary>
    LimitReport Limits(CallFilter filter, DateTimeOffset now);

    /// <summary>Puts calls into conversations.</summary>
    ConversationReport Conversations(CallFilter filter);

    /// <summary>Sums what tools took.</summary>
    ToolReport Tools(CallFilter filter);

    /// <summary>Lists calls whose input was estimated and then counted.</summary>
    IEnumerable<EstimatedCall> Estimates(CallFilter filter);

    /// <summary>Lists calls to be played again, and those of a time before that may have filled the cache.</summary>
    LedgerTraffic Traffic(CallFilter filter, TimeSpan? before);

    /// <summary>Sums what was read, written and lost of the prompt cache.</summary>
    CacheReport Cache(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone, BreakChoice choice);

    /// <summary>Says what would have saved money at the prompt cache.</summary>
    AdviceReport CacheAdvice(CallFilter filter, PriceBook prices);

    /// <summary>Lists attempts, oldest first.</summary>
    IEnumerable<CallRecord> Calls(CallFilter filter, int? last = null);

    /// <summary>Finds attempts by an id or the beginning of one.</summary>
    IReadOnlyList<CallRecord> Find(string id);

    /// <summary>Prices a call with the price list that its stored cost came from; null when that list is no longer known.</summary>
    CostBreakdown? PriceAsThen(string version, PricingRequest request);

    /// <summary>Examines the ledger.</summary>
    LedgerHealth Check();
}
