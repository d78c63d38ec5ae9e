using System.Globalization;
using System.Text.RegularExpressions;
using CostLedger.Querying;
using CostLedger.Records;

namespace CostLedger.Tests.Querying;

/// <summary>The same answers as the ledger's, got the slow way: from records in memory, one by one.</summary>
internal static class UsageOracle
{
    public static IEnumerable<CallRecord> Select(IEnumerable<CallRecord> records, CallFilter filter) => records.Where(r =>
        (filter.Since is not { } since || r.StartedAt >= since)
        && (filter.Until is not { } until || r.StartedAt < until)
        && Any(filter.Models, pattern => Matches(pattern, r.ModelServed) || Matches(pattern, r.ModelRequested))
        && Any(filter.Providers, provider => r.Provider == provider)
        && Any(filter.Sessions, session => string.Equals(r.Labels.Session, session, StringComparison.Ordinal))
        && Any(filter.Conversations, conversation => string.Equals(r.Labels.Conversation, conversation, StringComparison.Ordinal))
        && filter.Tags.All(tag => r.Labels.Tags.TryGetValue(tag.Key, out var value) && string.Equals(value, tag.Value, StringComparison.Ordinal))
        && Any(filter.Statuses, status => HasStatus(r, status)));

    public static UsageReport Usage(IEnumerable<CallRecord> records, CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone)
    {
        var rows = Select(records, filter).ToList();
        var groups = rows
            .GroupBy(r => string.Join('\u0001', by.Select(g => KeyOf(r, g, zone) ?? "\u0002")), StringComparer.Ordinal)
            .Select(rows => (Times: TimesOf(rows, by, zone), Group: new UsageGroup([.. by.Select(g => KeyOf(rows.First(), g, zone))], Sum(rows))))
            .OrderBy(g => g.Times, Comparer<List<DateTime>>.Create((x, y) => x.Zip(y).Select(p => p.First.CompareTo(p.Second)).FirstOrDefault(c => c != 0)))
            .ThenByDescending(g => g.Group.Totals.Cost.Total)
            .ThenBy(g => string.Join('\u0001', g.Group.Key.Select(k => k ?? "\uFFFF")), StringComparer.Ordinal)
            .Select(g => g.Group);
        var versions = rows.Select(r => r.Cost.PriceVersion).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new UsageReport(Sum(rows), by, by.Count == 0 ? [] : [.. groups], [.. versions]);
    }

    public static string? KeyOf(CallRecord record, Grouping by, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(record.StartedAt, zone);
        var text = CultureInfo.InvariantCulture;
        return by.Kind switch
        {
            GroupKind.Hour => local.ToString("yyyy-MM-dd'T'HH':00'zzz", text),
            GroupKind.Day => local.ToString("yyyy-MM-dd", text),
            GroupKind.Week => string.Create(text, $"{ISOWeek.GetYear(local.DateTime):D4}-W{ISOWeek.GetWeekOfYear(local.DateTime):D2}"),
            GroupKind.Month => local.ToString("yyyy-MM", text),
            GroupKind.Model => record.Model,
            GroupKind.Provider => record.Provider.Name(),
            GroupKind.Session => record.Labels.Session,
            GroupKind.Tag => record.Labels.Tags.GetValueOrDefault(by.TagKey!),
            GroupKind.Status => record.Outcome.Name(),
            _ => record.StopReason,
        };
    }

    public static UsageTotals Sum(IEnumerable<CallRecord> records) => records.Aggregate(new UsageTotals(), (sum, r) => new UsageTotals
    {
        Calls = sum.Calls + (r.Attempt == 1 ? 1 : 0),
        Attempts = sum.Attempts + 1,
        Errors = sum.Errors + (r.Outcome.Name() is "error" or "timeout" or "truncated" or "interrupted" ? 1 : 0),
        InputTokens = sum.InputTokens + (r.Operation == Operation.CountTokens ? 0 : r.Usage?.InputTokens ?? 0),
        OutputTokens = sum.OutputTokens + Math.Max(r.Usage?.OutputTokens ?? 0, r.Estimate?.OutputTokens ?? 0),
        ThinkingTokens = sum.ThinkingTokens + (r.Usage?.ThinkingTokens ?? 0),
        CacheReadInputTokens = sum.CacheReadInputTokens + (r.Usage?.CacheReadInputTokens ?? 0),
        CacheCreation5mInputTokens = sum.CacheCreation5mInputTokens + FiveMinutes(r.Usage),
        CacheCreation1hInputTokens = sum.CacheCreation1hInputTokens + (r.Usage?.CacheCreation1hInputTokens ?? 0),
        WebSearchRequests = sum.WebSearchRequests + (r.Usage?.WebSearchRequests ?? 0),
        Cost = sum.Cost + (r.Cost.ByClass ?? default),
        SavedByCache = sum.SavedByCache + (r.Cost.SavedByCache ?? default),
        UnpricedCalls = sum.UnpricedCalls + (r.Cost.Basis == CostBasis.Unpriced ? 1 : 0),
        EstimatedCalls = sum.EstimatedCalls + (r.Cost.Basis == CostBasis.Estimated ? 1 : 0),
        NearLeastCalls = sum.NearLeastCalls + (IsNearLeast(r) ? 1 : 0),
        FirstContent = sum.FirstContent + (r.Timing.FirstContent ?? default),
        FirstContentCalls = sum.FirstContentCalls + (r.Timing.FirstContent is null ? 0 : 1),
        Duration = sum.Duration + r.Timing.Total,
    });

    private static bool IsNearLeast(CallRecord record) =>
        record.Cost.Basis == CostBasis.Estimated && record.Provider.Name().StartsWith("bedrock", StringComparison.Ordinal) && record.Outcome.Name() is not ("success" or "refused");

    private static long FiveMinutes(TokenUsage? usage)
    {
        var untold = (usage?.CacheCreationInputTokens ?? 0) - (usage?.CacheCreation1hInputTokens ?? 0) - (usage?.CacheCreation5mInputTokens ?? 0);
        return (usage?.CacheCreation5mInputTokens ?? 0) + Math.Max(0, untold);
    }

    // A time dimension's place: the instant at which its key's local time is.
    private static List<DateTime> TimesOf(IEnumerable<CallRecord> rows, IReadOnlyList<Grouping> by, TimeZoneInfo zone) =>
    [
        .. by.Where(g => g.Kind <= GroupKind.Month).Select(g => g.Kind == GroupKind.Hour
            ? DateTimeOffset.Parse(KeyOf(rows.First(), g, zone)!, CultureInfo.InvariantCulture).UtcDateTime
            : rows.Min(r => g.Kind switch
            {
                GroupKind.Week => Monday(TimeZoneInfo.ConvertTime(r.StartedAt, zone).Date),
                GroupKind.Month => TimeZoneInfo.ConvertTime(r.StartedAt, zone).Date is var day ? new DateTime(day.Year, day.Month, 1) : default,
                _ => TimeZoneInfo.ConvertTime(r.StartedAt, zone).Date,
            })),
    ];

    private static DateTime Monday(DateTime day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static bool Any<T>(IReadOnlyList<T> wanted, Func<T, bool> matches) => wanted.Count == 0 || wanted.Any(matches);

    private static bool Matches(string pattern, string? value) => value is not null && Regex.IsMatch(
        value,
        "\\A" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "\\z",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(5));

    private static bool HasStatus(CallRecord record, string status) =>
        ((string[])[record.Outcome.Name(), $"{record.HttpStatus}", $"{record.HttpStatus / 100}xx"]).Contains(status, StringComparer.Ordinal);
}
