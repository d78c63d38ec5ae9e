using CostLedger.Records;
using Microsoft.Data.Sqlite;

namespace Telemetry.Benchmarks.Queries;

/// <summary>The straightforward way: every row an object, then LINQ.</summary>
internal static class NaiveUsage
{
    public static Dictionary<string, (long Attempts, long Input, long Output, long Cost)> ByModel(string path, DateTimeOffset since)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT calls.*, strings.value FROM calls LEFT JOIN strings ON strings.id = calls.model";
        using var rows = command.ExecuteReader();
        return Read(rows)
            .Where(row => row.Id.Time >= since)
            .GroupBy(row => row.Model, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => ((long)group.Count(), group.Sum(row => row.Input), group.Sum(row => row.Output), group.Sum(row => row.Cost)),
                StringComparer.Ordinal);
    }

    private static IEnumerable<Row> Read(SqliteDataReader rows)
    {
        const int Model = 32;
        while (rows.Read())
        {
            var values = new object[rows.FieldCount];
            rows.GetValues(values);
            yield return new Row(
                CallId.FromBytes((byte[])values[0]),
                values[Model] as string ?? string.Empty,
                values[12] as long? ?? 0,
                values[13] as long? ?? 0,
                values[22..28].Sum(value => value as long? ?? 0));
        }
    }

    private sealed record Row(CallId Id, string Model, long Input, long Output, long Cost);
}
