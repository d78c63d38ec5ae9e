using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Summing;

/// <summary>Running sums over rows of <c>calls</c>.</summary>
internal sealed class RowSums : IGroupSums<RowSums>
{
    // 2 is Operation.CountTokens: what it counts is an answer, not something that was used.

    /// <summary>The columns that <see cref="Add(Statement, int)"/> reads, in this order.</summary>
    internal const string Columns =
        "c.attempt, c.outcome, c.cost_basis, iif(c.operation = 2, 0, c.input_tokens), c.output_tokens, c.estimated_output, c.thinking_tokens, "
        + "c.cache_read_tokens, c.cache_creation_tokens, c.cache_5m_tokens, c.cache_1h_tokens, c.web_searches, "
        + "c.cost_input, c.cost_output, c.cost_cache_read, c.cost_cache_5m, c.cost_cache_1h, c.cost_server_tools, c.saved_by_cache, "
        + "ifnull(c.first_content_us, -1), c.duration_us, c.provider";

    /// <summary>How many columns that are.</summary>
    internal const int ColumnCount = 22;

    public long Calls { get; private set; }

    public long Attempts { get; private set; }

    public long Errors { get; private set; }

    public long Input { get; private set; }

    public long Output { get; private set; }

    public long Thinking { get; private set; }

    public long CacheRead { get; private set; }

    public long CacheWrite5m { get; private set; }

    public long CacheWrite1h { get; private set; }

    public long WebSearches { get; private set; }

    public CostByClass Cost { get; private set; }

    public long SavedByCache { get; private set; }

    public long Unpriced { get; private set; }

    public long Estimated { get; private set; }

    public long NearLeast { get; private set; }

    public long FirstContentUs { get; private set; }

    public long FirstContentCalls { get; private set; }

    public long DurationUs { get; private set; }

    /// <summary>Adds the statement's current row.</summary>
    /// <param name="row">The statement.</param>
    /// <param name="at">The number of the first of <see cref="Columns"/>.</param>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public void Add(Statement row, int at)
    {
        Attempts++;
        Calls += row.Int64(at) == 1 ? 1 : 0;
        Errors += IsFailure((CallOutcome)row.Int64(at + 1)) ? 1 : 0;
        Input = Sum(Input, row.Int64(at + 3));

        // An answer that was cut off told a beginning of its output at most; the price takes the greater count too.
        Output = Sum(Output, Math.Max(row.Int64(at + 4), row.Int64(at + 5)));
        Thinking = Sum(Thinking, row.Int64(at + 6));
        CacheRead = Sum(CacheRead, row.Int64(at + 7));
        AddCacheWrites(row.Int64(at + 8), row.Int64(at + 9), row.Int64(at + 10));
        WebSearches = Sum(WebSearches, row.Int64(at + 11));
        AddCost((CostBasis)row.Int64(at + 2), row, at + 12);
        NearLeast += IsNearLeast((CostBasis)row.Int64(at + 2), (Provider)row.Int64(at + 21), (CallOutcome)row.Int64(at + 1)) ? 1 : 0;
        DurationUs = Sum(DurationUs, row.Int64(at + 20));
        if (row.Int64(at + 19) is var firstContent and >= 0)
        {
            FirstContentUs = Sum(FirstContentUs, firstContent);
            FirstContentCalls++;
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        (Calls, Attempts, Errors) = (0, 0, 0);
        (Input, Output, Thinking, CacheRead, CacheWrite5m, CacheWrite1h, WebSearches) = (0, 0, 0, 0, 0, 0, 0);
        (Cost, SavedByCache, Unpriced, Estimated, NearLeast) = (default, 0, 0, 0, 0);
        (FirstContentUs, FirstContentCalls, DurationUs) = (0, 0, 0);
    }

    /// <summary>Adds other sums.</summary>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public void Add(RowSums other)
    {
        Calls += other.Calls;
        Attempts += other.Attempts;
        Errors += other.Errors;
        Input = Sum(Input, other.Input);
        Output = Sum(Output, other.Output);
        Thinking = Sum(Thinking, other.Thinking);
        CacheRead = Sum(CacheRead, other.CacheRead);
        CacheWrite5m = Sum(CacheWrite5m, other.CacheWrite5m);
        CacheWrite1h = Sum(CacheWrite1h, other.CacheWrite1h);
        WebSearches = Sum(WebSearches, other.WebSearches);
        Cost += other.Cost;
        SavedByCache = checked(SavedByCache + other.SavedByCache);
        Unpriced += other.Unpriced;
        Estimated += other.Estimated;
        NearLeast += other.NearLeast;
        FirstContentUs = Sum(FirstContentUs, other.FirstContentUs);
        FirstContentCalls += other.FirstContentCalls;
        DurationUs = Sum(DurationUs, other.DurationUs);
    }

    /// <summary>
    /// Adds counts. They are stored as the provider gave them, however absurd: a sum stays at its limit rather than failing a report.
    /// </summary>
    internal static long Sum(long left, long right)
    {
        var sum = unchecked(left + right);
        return ((left ^ sum) & (right ^ sum)) >= 0 ? sum : left < 0 ? long.MinValue : long.MaxValue;
    }

    /// <summary>Whether a cost is near the least that it can be: Bedrock bills to its end what nobody here saw the end of.</summary>
    internal static bool IsNearLeast(CostBasis basis, Provider provider, CallOutcome outcome) =>
        basis == CostBasis.Estimated && (provider is Provider.Bedrock or Provider.BedrockMantle)
        && outcome is not (CallOutcome.Success or CallOutcome.Refused);

    private static bool IsFailure(CallOutcome outcome) =>
        outcome is CallOutcome.Error or CallOutcome.Timeout or CallOutcome.Truncated or CallOutcome.Interrupted;

    // What the split of lifetimes leaves over was written without saying for how long, and counts as five minutes.
    private void AddCacheWrites(long all, long fiveMinutes, long oneHour)
    {
        var rest = all > oneHour ? unchecked(all - Math.Max(0, oneHour)) : 0;
        CacheWrite5m = Sum(CacheWrite5m, Math.Max(fiveMinutes, rest));
        CacheWrite1h = Sum(CacheWrite1h, oneHour);
    }

    private void AddCost(CostBasis basis, Statement row, int at)
    {
        if (basis == CostBasis.Unpriced)
        {
            Unpriced++;
            return;
        }

        Estimated += basis == CostBasis.Estimated ? 1 : 0;
        Cost += new CostByClass(
            new NanoUsd(row.Int64(at)),
            new NanoUsd(row.Int64(at + 1)),
            new NanoUsd(row.Int64(at + 2)),
            new NanoUsd(row.Int64(at + 3)),
            new NanoUsd(row.Int64(at + 4)),
            new NanoUsd(row.Int64(at + 5)));
        SavedByCache = checked(SavedByCache + row.Int64(at + 6));
    }
}
