using System.Text.RegularExpressions;
using CostReport.Cli.Reports;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Reports;

public sealed partial class FaultWordsTests
{
    [Fact]
    public void Every_fault_that_the_handler_names_has_its_sentence()
    {
        var handler = Path.Combine(Approval.Repository(), "src", "Telemetry.Handler");
        var source = File.ReadAllText(Path.Combine(handler, "Messages", "FaultName.cs")) + File.ReadAllText(Path.Combine(handler, "Requests", "RequestFault.cs"));
        var names = Name().Matches(source).Select(m => m.Groups[1].Value).ToList();

        Assert.True(names.Count > 30, "the handler's names were not found");
        Assert.Equal(names.Order(StringComparer.Ordinal), FaultWords.All.Keys.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("\"([a-z0-9_]+)\"")]
    private static partial Regex Name();
}
