using System.Text.RegularExpressions;
using Xunit;

namespace EndToEnd.Tests.Otlp;

/// <summary>The dashboard uses the names that the handler exports, in the form that Prometheus gives them.</summary>
public sealed partial class DashboardNamesTests
{
    private const int PatienceMs = 1000;

    private static readonly HashSet<string> s_exported =
    [
        .. Sources().SelectMany(text => Constant().Matches(text)).Select(match => match.Groups["name"].Value.Replace('.', '_')),
    ];

    [Fact]
    public void Every_metric_in_the_dashboard_is_exported()
    {
        var used = Dashboard.Queries("expr").SelectMany(query => Metric().Matches(query)).Select(match => Bare(match.Value));

        Assert.Empty(used.Where(name => !s_exported.Contains(name)).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_label_in_the_dashboard_is_an_exported_attribute()
    {
        var used = Dashboard.Queries("expr")
            .SelectMany(query => Label().Matches(query).Concat(Grouping().Matches(query)))
            .Select(match => match.Groups["name"].Value)
            .Where(label => label is not ("job" or "le"));

        Assert.Empty(used.Where(label => !s_exported.Contains(label)).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_span_attribute_in_the_dashboard_is_exported()
    {
        var used = Dashboard.Queries("query").SelectMany(query => Attribute().Matches(query)).Select(match => match.Groups["name"].Value.Replace('.', '_'));

        Assert.Empty(used.Where(name => !s_exported.Contains(name)).Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(RepositoryFiles.Path("src/Telemetry.Handler/Names"), "*.cs").Select(File.ReadAllText);

    /// <summary>Takes off what Prometheus adds: the unit, and the parts of counters and histograms.</summary>
    private static string Bare(string metric) => Suffix().Replace(metric, "");

    [GeneratedRegex("""const string \w+ = "(?<name>[a-z0-9_.]+)";""", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Constant();

    [GeneratedRegex(@"\b(?:costledger|gen_ai)_\w+(?=\{)", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Metric();

    [GeneratedRegex("""(?<name>\w+)(=|!=|=~)"[^"]*"[,}]""", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Label();

    [GeneratedRegex(@"by \((?<name>\w+)\)", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\bspan\.(?<name>[a-z_.]+)", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Attribute();

    [GeneratedRegex("(_seconds)?(_total|_bucket|_sum|_count)?$", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Suffix();
}
