using System.Globalization;
using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Rows;
using CostLedger.Storage;

namespace CostLedger.Querying;

/// <summary>Examines a ledger and the files beside it.</summary>
/// <param name="connection">A connection in a snapshot.</param>
internal sealed class HealthCheck(LedgerConnection connection)
{
    private const int MaxFaults = 20;

    private readonly List<string> _faults = [];

    public LedgerHealth Run()
    {
        FindIntegrityFaults();
        var firstWithFault = new Dictionary<string, CallId>(StringComparer.Ordinal);
        return new LedgerHealth
        {
            Path = connection.Path,
            SchemaVersion = connection.SchemaVersion,
            SizeBytes = SizeOf(connection.Path) + SizeOf(connection.Path + "-wal"),
            IntegrityFaults = _faults,
            Attempts = Ask(() => connection.Scalar("SELECT count(*) FROM calls"), 0),
            Period = Ask(FindPeriod, null),
            Interrupted = Ask(() => connection.Scalar($"SELECT count(*) FROM calls WHERE outcome = {(int)CallOutcome.Interrupted}"), 0),
            UnpricedModels = Ask(CountUnpricedModels, []),
            Faults = Ask(() => CountFaults(firstWithFault), []),
            FirstWithFault = firstWithFault,
            Spools = [.. LedgerPaths.Beside(Path.GetFullPath(connection.Path), LedgerPaths.SpoolMark).Select(file => KeyValuePair.Create(file, SizeOf(file)))],
            InFlight = [.. LedgerPaths.Beside(Path.GetFullPath(connection.Path), LedgerPaths.InFlightMark)],
            MovedAside = [.. LedgerPaths.Beside(Path.GetFullPath(connection.Path), LedgerPaths.CorruptMark).Where(file => !IsLog(file))],
            FileMode = OperatingSystem.IsWindows()
                ? null
                : "0" + Convert.ToString((int)File.GetUnixFileMode(connection.Path), 8).PadLeft(3, '0'),
        };
    }

    private static bool IsLog(string file) =>
        file.EndsWith("-wal", StringComparison.Ordinal) || file.EndsWith("-shm", StringComparison.Ordinal);

    private static long SizeOf(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;

    // A damaged page ends the question that meets it; that is a finding, and the others are still asked.
    private T Ask<T>(Func<T> question, T otherwise)
    {
        try
        {
            return question();
        }
        catch (LedgerException e)
        {
            if (!_faults.Contains(e.Message, StringComparer.Ordinal))
            {
                _faults.Add(e.Message);
            }

            return otherwise;
        }
    }

    private void FindIntegrityFaults()
    {
        Ask(RunIntegrityCheck, 0);
        AddCount("attempts with a malformed key", "SELECT count(*) FROM calls WHERE length(id) <> 16 OR typeof(id) <> 'blob'");
        AddCount("attempts without details", "SELECT count(*) FROM calls AS c WHERE NOT EXISTS (SELECT 1 FROM call_details AS d WHERE d.id = c.id)");
        AddCount("details without an attempt", "SELECT count(*) FROM call_details AS d WHERE NOT EXISTS (SELECT 1 FROM calls AS c WHERE c.id = d.id)");
    }

    private int RunIntegrityCheck()
    {
        using var check = connection.Prepare(string.Create(CultureInfo.InvariantCulture, $"PRAGMA integrity_check({MaxFaults})"));
        while (check.Step())
        {
            if (check.Text(0) is { } line && !string.Equals(line, "ok", StringComparison.Ordinal))
            {
                _faults.Add(line.ReplaceLineEndings(" "));
            }
        }

        return _faults.Count;
    }

    private void AddCount(string what, string sql)
    {
        if (Ask(() => connection.Scalar(sql), 0) is var count and > 0)
        {
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        }
    }

    private (DateTimeOffset First, DateTimeOffset Last)? FindPeriod()
    {
        using var rows = connection.Prepare("SELECT min(id), max(id) FROM calls WHERE length(id) = 16");
        return rows.Step() && rows.Bytes(0) is { Length: CallId.ByteCount } first
            ? (CallId.FromBytes(first).Time, CallId.FromBytes(rows.Bytes(1)).Time)
            : null;
    }

    private List<KeyValuePair<string, long>> CountUnpricedModels()
    {
        using var rows = connection.Prepare($"""
            SELECT ifnull(s.value, ''), n FROM (SELECT model, count(*) AS n FROM calls WHERE cost_basis = {(int)CostBasis.Unpriced} GROUP BY model)
            LEFT JOIN strings AS s ON s.id = model ORDER BY n DESC, s.value
            """);
        var models = new List<KeyValuePair<string, long>>();
        while (rows.Step())
        {
            models.Add(new(rows.Text(0) ?? string.Empty, rows.Int64(1)));
        }

        return models;
    }

    private List<KeyValuePair<string, long>> CountFaults(Dictionary<string, CallId> first)
    {
        using var rows = connection.Prepare($"SELECT d.extra, d.id FROM call_details AS d WHERE {ExtraFields.MayHaveFaults} OR NOT json_valid(d.extra) ORDER BY d.id");
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (rows.Step())
        {
            foreach (var fault in ExtraFields.Parse(rows.Text(0)).Faults ?? [])
            {
                counts[fault] = counts.GetValueOrDefault(fault) + 1;
                if (rows.Bytes(1) is { Length: CallId.ByteCount } id)
                {
                    first.TryAdd(fault, CallId.FromBytes(id));
                }
            }
        }

        return [.. counts.OrderByDescending(count => count.Value)];
    }
}
