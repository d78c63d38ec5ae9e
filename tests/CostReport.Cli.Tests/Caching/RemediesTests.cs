using CostReport.Cli.Caching;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Caching;

public sealed class RemediesTests
{
    [Fact]
    public void The_documentation_has_the_same_remedies()
    {
        var lines = File.ReadAllLines(Path.Combine(Approval.Repository(), "docs", "cache-diagnosis.md"));
        var documented = lines
            .SkipWhile(l => l != "## Reasons").TakeWhile(l => l != "## Where")
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[0].Trim('`'), cells[^1]));

        Assert.Equal(documented, Remedies.All.Select(r => (r.Key, r.Value)));
    }
}
