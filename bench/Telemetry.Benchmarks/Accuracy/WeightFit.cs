using Telemetry.Handler.Estimating.Overheads;

namespace Telemetry.Benchmarks.Accuracy;

/// <summary>
/// Fits the weights of features to measured prompts: least sum of relative errors, one weight at a time as a weighted median. The
/// weights that it begins with take part as if they had been measured <see cref="PriorCalls"/> times.
/// </summary>
internal static class WeightFit
{
    private const double PriorCalls = 6;
    private const int Rounds = 25;

    public static FeatureVector Fit(IReadOnlyList<SizedPrompt> prompts, FeatureVector prior, ReadOnlySpan<Feature> which)
    {
        var weights = prior;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var feature in which)
            {
                FitOne(prompts, prior, feature, ref weights);
            }
        }

        return weights;
    }

    private static void FitOne(IReadOnlyList<SizedPrompt> prompts, in FeatureVector prior, Feature feature, ref FeatureVector weights)
    {
        var votes = new List<(double Value, double Weight)>();
        foreach (var prompt in prompts)
        {
            var share = prompt.Features[feature];
            if (share > 0)
            {
                var rest = prompt.Features.Dot(weights) - (share * weights[feature]);
                votes.Add(((prompt.Actual - rest) / share, share / prompt.Actual));
            }
        }

        if (votes.Count == 0)
        {
            return;
        }

        votes.Add((prior[feature], PriorCalls * votes.Average(v => v.Weight)));
        votes.Sort();
        var half = votes.Sum(v => v.Weight) / 2;
        var sum = 0.0;
        weights[feature] = votes.First(v => (sum += v.Weight) >= half).Value;
    }
}
