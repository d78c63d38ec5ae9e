using Xunit;

namespace Tidy.Tests.Repository;

/// <summary>Assertions over findings.</summary>
internal static class Expect
{
    /// <summary>Fails with all findings, one a line, so that one run shows all there is to mend.</summary>
    public static void None(IEnumerable<Finding> findings)
    {
        var lines = findings.OrderBy(finding => finding.Path, StringComparer.Ordinal).ThenBy(finding => finding.Line).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} to mend:\n{string.Join('\n', lines)}");
    }

    /// <summary>Fails unless there is exactly one finding, on this line, that speaks of this.</summary>
    public static void One(IEnumerable<Finding> findings, int line, string inAdvice)
    {
        var finding = Assert.Single(findings);

        Assert.Equal(line, finding.Line);
        Assert.Contains(inAdvice, finding.Advice, StringComparison.Ordinal);
    }
}
