using CostLedger.Querying;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Reports;

/// <summary>The ledger's health, a check a line; what needs doing says what to do.</summary>
internal static class DoctorReport
{
    private const string Ok = "ok";
    private const string Note = "note";
    private const string Problem = "problem";
    private const string PrivateMode = "0600";

    /// <summary>Examines what was found.</summary>
    /// <returns>The checks: a name, <c>ok</c>, <c>note</c> or <c>problem</c>, and what was found.</returns>
    public static IReadOnlyList<(string Name, string Status, string Detail)> Checks(LedgerHealth health, Period period)
    {
        var checks = new List<(string, string, string)>
        {
            ("ledger", Ok, $"{health.Path}, {Figures.Bytes(health.SizeBytes)}, schema {health.SchemaVersion}"),
            ("calls", Ok, Calls(health, period)),
            Integrity(health),
            Mode(health.FileMode),
        };
        checks.AddRange(health.UnpricedModels.Select(m => (
            "price", Problem, $"{Figures.Count(m.Value, "call")} of model {(m.Key.Length == 0 ? "(unknown)" : m.Key)} without a price: add it to a price file, then 'costreport prices reprice --prices FILE'; name the models of your own deployments and profiles in the handler's ModelAliases")));
        checks.Add(health.UnpricedModels.Count == 0 ? ("price", Ok, "every call that is billed has a price") : default);
        checks.AddRange(health.Spools.Select(s => (
            "spool", Problem, $"{s.Key}, {Figures.Bytes(s.Value)}: calls not yet in the ledger; make the ledger writable and run any command again")));
        checks.AddRange(health.MovedAside.Select(path => (
            "corrupt", Problem, $"{path}: a ledger that could not be read and was moved aside; its calls are missing here. Keep it for recovery, or delete it")));
        if (health.Interrupted > 0)
        {
            checks.Add(("interrupted", Note, $"{Figures.Count(health.Interrupted, "call")} cut off when a process died; what was known of them is in the ledger"));
        }

        checks.AddRange(health.Faults.Select(f => ("answers", Note, Fault(health, f.Key, f.Value))));
        return [.. checks.Where(c => c != default)];
    }

    /// <summary>Whether something needs doing.</summary>
    public static bool HasProblem(IEnumerable<(string Name, string Status, string Detail)> checks) => checks.Any(IsProblem);

    /// <summary>The checks as a report.</summary>
    public static Report Of(IReadOnlyList<(string Name, string Status, string Detail)> checks)
    {
        var facts = checks.Select(c => new Fact(c.Name, c.Status, c.Detail, c.Status switch
        {
            Ok => Tone.Good,
            Note => Tone.Doubtful,
            _ => Tone.Bad,
        }));
        var verdict = HasProblem(checks)
            ? new Cell($"{Figures.Count(checks.Count(IsProblem), "problem")} to look at.", Tone.Bad)
            : checks.Any(c => string.Equals(c.Status, Note, StringComparison.Ordinal))
                ? new Cell("Nothing needs doing; the notes say what was out of the ordinary.", Tone.Good)
                : new Cell("Everything is in order.", Tone.Good);
        return new Report("The ledger's health", "", [new Section { Facts = [.. facts], Notes = [verdict] }]);
    }

    /// <summary>The checks, exact.</summary>
    public static Dataset Data(IEnumerable<(string Name, string Status, string Detail)> checks) =>
        new("checks", ["name", "status", "detail"], checks.Select(IReadOnlyList<Field> (c) => [Field.Of(c.Name), Field.Of(c.Status), Field.Of(c.Detail)]));

    private static bool IsProblem((string Name, string Status, string Detail) check) => string.Equals(check.Status, Problem, StringComparison.Ordinal);

    private static string Fault(LedgerHealth health, string fault, long calls)
    {
        var meaning = FaultWords.All.TryGetValue(fault, out var words) ? $": {words}" : "";
        var first = health.FirstWithFault.TryGetValue(fault, out var id) ? $"; 'costreport calls show {id}' shows the first" : "";
        return $"{Figures.Count(calls, "call")} with {fault}{meaning}{first}";
    }

    private static string Calls(LedgerHealth health, Period period) => health.Period is { } span
        ? $"{Figures.Count(health.Attempts, "attempt")}, {Figures.Minute(period.Local(span.First))} to {Figures.Minute(period.Local(span.Last))}"
        : "none yet";

    private static (string, string, string) Integrity(LedgerHealth health) => health.IntegrityFaults.Count == 0
        ? ("integrity", Ok, "SQLite finds no fault")
        : ("integrity", Problem, $"{health.IntegrityFaults[0]} ({Figures.Count(health.IntegrityFaults.Count, "fault")}): copy the file, then rebuild it with sqlite3's .recover");

    private static (string, string, string) Mode(string? mode) => mode switch
    {
        null => default,
        PrivateMode => ("privacy", Ok, "only its owner can read the file (0600)"),
        _ => ("privacy", Note, $"the file's mode is {mode}; 'chmod 600' keeps it to its owner"),
    };
}
