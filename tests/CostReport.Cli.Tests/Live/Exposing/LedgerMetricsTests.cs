using System.Globalization;
using System.Text.RegularExpressions;
using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Live.Exposing;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Live.Exposing;

public sealed partial class LedgerMetricsTests
{
    [Fact]
    public void The_text_is_as_approved() => Approval.Verify(Of(Sample.TwoWeeks()), "metrics.txt");

    [Fact]
    public void An_empty_ledger_has_metrics_without_series() => Approval.Verify(Of([]), "metrics-none.txt");

    [Fact]
    public void Sums_are_over_all_time_whatever_the_period()
    {
        var ledger = new FakeLedger(Sample.TwoWeeks());

        Assert.Equal(LedgerMetrics.Of(ledger, new CallFilter(), "1"), LedgerMetrics.Of(ledger, new CallFilter { Since = Sample.Now, Until = Sample.Now }, "1"));
    }

    [Fact]
    public void Costs_add_up_to_those_of_the_report()
    {
        var calls = Sample.TwoWeeks();
        var expected = new FakeLedger(calls).Usage(new CallFilter(), [], TimeZoneInfo.Utc).Totals.Cost.Total;

        var sum = Series(Of(calls)).Where(s => s.StartsWith("costreport_cost_usd_total{", StringComparison.Ordinal)).Sum(s => decimal.Parse(s.Split(' ')[^1], CultureInfo.InvariantCulture));

        Assert.Equal(expected.Value, sum * NanoUsd.PerDollar);
    }

    [Fact]
    public void Hostile_names_stay_inside_their_labels()
    {
        var text = Of([.. HostileNames.All.Select(HostileNames.Call)]);

        Assert.All(Series(text), line => Assert.Matches(Line(), line));
        Assert.Contains("model=\"\\\"><svg onload=document.title='owned'>\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_series_is_told_once_and_stands_under_its_metric()
    {
        var text = Of(Sample.TwoWeeks());
        var names = Series(text).Select(s => s[..s.LastIndexOf(' ')]).ToList();
        var metric = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            metric = line.StartsWith("# TYPE ", StringComparison.Ordinal) ? line.Split(' ')[2] : metric;
            Assert.True(line[0] == '#' || line.StartsWith(metric, StringComparison.Ordinal), line);
        }

        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_name_and_one_that_is_not_known_are_one_series()
    {
        var calls = (string?[])["", null];
        var text = Of([.. calls.Select((model, i) => Sample.Call(Sample.Now.AddMinutes(i - 5), i) with { ModelRequested = model, ModelServed = model })]);

        Assert.Equal("costreport_attempts_total{provider=\"anthropic\",model=\"\",status=\"success\"} 2", Assert.Single(Series(text), s => s.StartsWith("costreport_attempts_total{", StringComparison.Ordinal)));
    }

    [Fact]
    public void Thousands_of_models_are_folded_and_none_is_lost()
    {
        var calls = Enumerable.Range(0, 2000).Select(i => Sample.Call(Sample.Now.AddMinutes(-i - 1), i % 50, $"model-{i}")).Reverse().ToList();

        var attempts = Series(Of(calls)).Where(s => s.StartsWith("costreport_calls_total{", StringComparison.Ordinal)).ToList();

        Assert.Equal(LedgerMetrics.MostModels + 1, attempts.Count);
        Assert.Equal(2000, attempts.Sum(s => long.Parse(s.Split(' ')[^1], CultureInfo.InvariantCulture)));
        Assert.Contains($"costreport_calls_total{{provider=\"(others)\",model=\"(others)\"}} {2000 - LedgerMetrics.MostModels}", attempts);
    }

    private static string Of(IReadOnlyList<CallRecord> calls) => LedgerMetrics.Of(new FakeLedger(calls), new CallFilter(), "1.2.3");

    private static IEnumerable<string> Series(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#');

    [GeneratedRegex("""^[a-z_]+(\{[a-z]+="([^"\\\n]|\\[\\"n])*"(,[a-z]+="([^"\\\n]|\\[\\"n])*")*\})? -?[0-9]+(\.[0-9]+)?$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
