using Tidy.Tests.Repository;

namespace Tidy.Tests.Rooms;

/// <summary>What lies outside the projects, and who may know it.</summary>
internal static class ForeignRule
{
    private static readonly string[] s_speakSql = ["Storage", "Rows", "Querying"];

    private static readonly (string Project, string Foreign, string[] Except, string Advice)[] s_bans =
    [
        ("CostLedger", "System.Net", [], "the ledger knows no HTTP: that is the handler's"),
        ("CostLedger", "System.Diagnostics.Activity", [], "the ledger knows no tracing: that is the handler's"),
        ("CostLedger", "Microsoft.Data.Sqlite", s_speakSql, "only Storage, Rows and Querying speak SQL"),
        ("CostLedger", "SQLitePCL", s_speakSql, "only Storage, Rows and Querying speak SQL"),
        ("CostLedger", "System.Console", [], "a library has no terminal"),
        ("Telemetry.Handler", "Microsoft.Data.Sqlite", [], "only the ledger speaks SQL"),
        ("Telemetry.Handler", "OpenTelemetry", [], "the base library's Activity and Meter suffice; the application picks the exporter"),
        ("Telemetry.Handler", "System.Console", [], "a library has no terminal"),
        ("Telemetry.Handler.Streaming", "System.Linq", [], "no LINQ on the path of the bytes"),
        ("Telemetry.Handler.Json", "System.Linq", [], "no LINQ on the path of the bytes"),
        ("Telemetry.Handler.Documents", "System.Linq", [], "no LINQ on the path of the bytes"),
        ("CostReport.Cli", "Microsoft.Data.Sqlite", [], "only the ledger speaks SQL"),
    ];

    public static IEnumerable<Finding> Check(IEnumerable<RoomUse> uses)
    {
        foreach (var use in uses)
        {
            var full = $"{use.UsedSpace}.{use.Used}";
            foreach (var (project, foreign, except, advice) in s_bans)
            {
                if (IsIn(use.UserSpace, project) && IsIn(full, foreign) && !IsCaught(use) && !except.Any(room => IsIn(use.UserSpace, $"{project}.{room}")))
                {
                    yield return new Finding(use.UserSpace, 0, $"{use.User} uses {full}: {advice}.");
                }
            }

            if (IsReflection(use))
            {
                yield return new Finding(use.UserSpace, 0, $"{use.User} uses {full}: no reflection; it hides what is used and slows the start.");
            }
        }
    }

    private static bool IsIn(string name, string space) =>
        name.Equals(space, StringComparison.Ordinal) || name.StartsWith(space + ".", StringComparison.Ordinal);

    // To catch what Storage throws is not to speak SQL.
    private static bool IsCaught(RoomUse use) => use is { UserSpace: "CostLedger.Resilience", Used: "SqliteException" };

    // Embedded resources and the program's version are read through the assembly and its attributes, and a type's name
    // is a member's; the generator of JSON code writes the rest, for names that it knows.
    private static bool IsReflection(RoomUse use) =>
        use.UsedSpace is "System.Reflection" or "System.Reflection.Emit"
        && use.Used is not ("Assembly" or "AssemblyName" or "CustomAttributeExtensions" or "MemberInfo" or "BindingFlags" or "ICustomAttributeProvider")
        && !use.Used.EndsWith("Attribute", StringComparison.Ordinal);
}
