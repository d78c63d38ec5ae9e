using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Records.Errors;
using CostLedger.Rows;

namespace CostLedger.Querying.Limits;

/// <summary>Finds attempts that a rate limit refused.</summary>
internal static class Throttling
{
    private const int TooManyRequests = 429;

    // Also in a stream that began well, as Bedrock's are.
    private static readonly string Types = string.Join(", ", ErrorCategories.RateLimitTypes.Select(type => $"'{type}'"));

    /// <summary>Sums them by model, most first.</summary>
    public static IReadOnlyList<ThrottleGroup> Read(LedgerConnection connection, Selection selection, StringTable strings)
    {
        using var rows = connection.Prepare($"""
            SELECT c.id, c.model, (SELECT d.extra FROM call_details AS d WHERE d.id = c.id) FROM calls AS c
            WHERE {selection.Where} AND length(c.id) = 16
              AND (c.http_status = {TooManyRequests} OR c.error_type IN (SELECT id FROM strings WHERE value COLLATE NOCASE IN ({Types})))
            ORDER BY c.id
            """);
        selection.BindTo(rows);
        var groups = new Dictionary<long, ThrottleGroup>();
        while (rows.Step())
        {
            var model = rows.Int64(1);
            var group = groups.GetValueOrDefault(model) ?? new ThrottleGroup(strings[model], 0, TimeSpan.Zero, 0, default);
            var wait = ExtraFields.Parse(rows.Text(2)).RetryAfterUs;
            groups[model] = group with
            {
                Attempts = group.Attempts + 1,
                AskedToWait = group.AskedToWait + TimeSpan.FromMicroseconds(Math.Clamp(wait ?? 0, 0, TimeSpan.MicrosecondsPerDay * 366)),
                WithoutWait = group.WithoutWait + (wait is null ? 1 : 0),
                Last = CallId.FromBytes(rows.Bytes(0)).Time,
            };
        }

        return [.. groups.Values.OrderByDescending(g => g.Attempts).ThenBy(g => g.Model, StringComparer.Ordinal)];
    }
}
