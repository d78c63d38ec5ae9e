using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Rows;

namespace CostLedger.Querying.Retrying;

/// <summary>Finds attempts in which the provider itself answered with another model than the one asked for (<c>fallback_message</c>).</summary>
internal static class ServerFallbacks
{
    private const string Fallback = "fallback_message";

    /// <summary>The changes of the model, attempt by attempt.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="low">The first key.</param>
    /// <param name="high">The key after the last.</param>
    /// <param name="strings">Names of models by id.</param>
    public static IEnumerable<(CallId Id, string From, string To)> Read(LedgerConnection connection, CallId low, CallId high, StringTable strings)
    {
        // The words are looked for before anything is parsed: nearly no call has them.
        using var rows = connection.Prepare($"""
            SELECT d.id, d.model_requested, d.extra FROM call_details AS d
            WHERE d.id >= ?1 AND d.id < ?2 AND instr(d.extra, '"{Fallback}"') > 0 ORDER BY d.id
            """);
        Selection.BindRange(rows, low, high);
        while (rows.Step())
        {
            var asked = strings[rows.Int64(1)];
            var from = asked;
            foreach (var iteration in ExtraFields.Parse(rows.Text(2)).Iterations ?? [])
            {
                if (!string.Equals(iteration.Type, Fallback, StringComparison.Ordinal))
                {
                    from = iteration.Model ?? asked;
                }
                else if (from is not null && iteration.Model is { } to && rows.Bytes(0) is { Length: CallId.ByteCount } key)
                {
                    yield return (CallId.FromBytes(key), from, to);
                    from = to;
                }
            }
        }
    }
}
