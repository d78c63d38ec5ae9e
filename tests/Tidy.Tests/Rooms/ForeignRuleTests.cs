using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Rooms;

public sealed class ForeignRuleTests
{
    [Theory]
    [InlineData("CostLedger.Storage", "Microsoft.Data.Sqlite", "SqliteConnection")]
    [InlineData("CostLedger.Storage.Rows", "Microsoft.Data.Sqlite", "SqliteConnection")]
    [InlineData("CostLedger.Resilience", "Microsoft.Data.Sqlite", "SqliteException")]
    [InlineData("Telemetry.Handler.Spans", "System.Diagnostics", "Activity")]
    [InlineData("Telemetry.Handler.Requests", "System.Linq", "Enumerable")]
    [InlineData("CostLedger.Pricing", "System.Reflection", "Assembly")]
    [InlineData("CostLedger.Pricing", "System.Reflection", "DefaultMemberAttribute")]
    public void What_a_room_needs_it_may_know(string user, string space, string used) => Assert.Empty(Check(user, space, used));

    [Theory]
    [InlineData("CostLedger.Writing", "Microsoft.Data.Sqlite", "SqliteConnection", "speak SQL")]
    [InlineData("CostReport.Cli.Reports", "Microsoft.Data.Sqlite", "SqliteConnection", "speaks SQL")]
    [InlineData("CostLedger.Pricing", "System.Net.Http", "HttpClient", "no HTTP")]
    [InlineData("CostLedger.Pricing", "System.Diagnostics", "Activity", "no tracing")]
    [InlineData("Telemetry.Handler.Spans", "OpenTelemetry.Trace", "Tracer", "exporter")]
    [InlineData("Telemetry.Handler", "System", "Console", "no terminal")]
    [InlineData("Telemetry.Handler.Streaming", "System.Linq", "Enumerable", "no LINQ")]
    [InlineData("CostLedger.Pricing", "System.Reflection", "PropertyInfo", "no reflection")]
    public void What_it_must_not_know_is_found(string user, string space, string used, string advice) =>
        Expect.One(Check(user, space, used), 0, advice);

    private static IEnumerable<Finding> Check(string user, string space, string used) =>
        ForeignRule.Check([new RoomUse(user, "A", "Any", space, used)]);
}
