using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Estimating.Sizing;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Telemetry.Handler.Tokens;
using Testing;
using Testing.Recorded;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating.Prompts;

/// <summary>How near estimates come to what providers told, on recorded requests of text, tools and results.</summary>
public sealed class AccuracyTests
{
    [Fact]
    public void Estimates_by_the_shipped_constants_are_near()
    {
        var all = Measure();
        var first = all.Where(m => !m.IsSecondGeneration).ToList();
        var second = all.Where(m => m.IsSecondGeneration).ToList();

        Near(first.Select(m => m.ColdError), median: 0.02, ninetieth: 0.08);
        Near(second.Select(m => m.ColdError), median: 0.04, ninetieth: 0.20);
        Near(all.Select(m => m.ColdError), median: 0.02, ninetieth: 0.08);
        Near(all.Where(m => m.Actual >= 500).Select(m => m.ColdError), median: 0.012, ninetieth: 0.055);
    }

    [Fact]
    public void Estimates_that_learned_from_the_calls_before_are_nearer() =>
        Near(Measure().Select(m => m.LearnedError), median: 0.015, ninetieth: 0.05);

    [Fact]
    public void Nine_of_ten_are_within_their_interval()
    {
        var all = Measure();

        Assert.InRange(all.Count(m => m.IsInInterval) / (double)all.Count, 0.88, 1);
    }

    private static void Near(IEnumerable<double> errors, double median, double ninetieth)
    {
        var found = Quantiles.Of(errors);
        TestContext.Current.TestOutputHelper?.WriteLine(found.ToString());

        Assert.True(found.Count > 50, $"{found.Count} calls");
        Assert.InRange(found.Median, 0, median);
        Assert.InRange(found.Ninetieth, 0, ninetieth);
    }

    private static List<Measured> Measure()
    {
        var path = Path.Combine(SharedData.RequireRoot(), "recorded", "exchanges.jsonl.gz");
        var measured = new List<Measured>();
        foreach (var source in RecordedPrompts.Read(path).Where(p => p.IsTextOnly).GroupBy(p => p.Source, StringComparer.Ordinal))
        {
            var application = new CallEstimator();
            measured.AddRange(source.Select(prompt => Measure(application, prompt)));
        }

        return measured;
    }

    private static Measured Measure(CallEstimator application, RecordedPrompt recorded)
    {
        using var hasher = new SegmentHasher("accuracy"u8);
        using var reader = new SegmentReader(hasher);
        var prompt = new SegmentedPrompt();
        reader.Read(recorded.Body, prompt, new SegmentCounter(TokenCounter.O200kBase));
        var isInterleaved = recorded.Betas.Contains("interleaved-thinking", StringComparison.Ordinal);
        var parameters = PromptParameters.Of(prompt, recorded.Body, RequestSnapshot.Read(recorded.Body), isInterleaved, TokenCounter.O200kBase);
        var estimate = application.Estimate(prompt, recorded.Body, recorded.Model, parameters, hasher);
        application.Learn(estimate, recorded.Input);
        return new Measured(
            recorded.Input, Math.Round(estimate.Cold.Total), estimate, OverheadTable.Of(recorded.Model).ImageTokens > 2_000);
    }

    private sealed record Measured(double Actual, double Cold, CallEstimate Estimate, bool IsSecondGeneration)
    {
        public double ColdError => Math.Abs(Cold - Actual) / Actual;

        public double LearnedError => Math.Abs(Estimate.InputTokens - Actual) / Actual;

        public bool IsInInterval => Estimate.InputTokensLow <= Actual && Actual <= Estimate.InputTokensHigh;
    }
}
