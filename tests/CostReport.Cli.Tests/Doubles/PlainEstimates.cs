using Telemetry.Handler.Estimating;
using Telemetry.Handler.Estimating.Prompts;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>An estimator whose figures never change: a token for four bytes of a block (for three from 4.7 on), and ten for the rest.</summary>
internal static class PlainEstimates
{
    public const int Added = 10;

    public static PromptEstimate Of(ReadOnlyMemory<byte> body, string? model, IReadOnlyList<string> betas)
    {
        var real = PromptEstimator.Default.Estimate(body.Span, model, betas);
        var bytes = model is not null && (model.Contains("4-5", StringComparison.Ordinal) || model.Contains("4-6", StringComparison.Ordinal)) ? 4 : 3;
        var segments = real.Segments.Select(segment => segment with { Tokens = (segment.Length + bytes - 1) / bytes }).ToList();
        var sources = segments.GroupBy(segment => segment.Source).ToDictionary(group => group.Key, group => group.Sum(segment => segment.Tokens));
        sources[PromptSource.Overhead] = Added;
        var total = sources.Values.Sum();
        return real with
        {
            Segments = segments,
            BySource = sources,
            InputTokens = total,
            InputTokensLow = total - (total / 10),
            InputTokensHigh = total + (total / 10),
        };
    }
}
