using System.Globalization;
using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Tokens;
using Testing.Recorded;

namespace Telemetry.Benchmarks.Accuracy;

/// <summary>How near estimates come to the input that providers told of, on recorded calls.</summary>
internal static class AccuracyReport
{
    private const int Folds = 5;

    public static void Run(string path)
    {
        var recorded = RecordedPrompts.Read(path).Where(p => p.IsTextOnly).ToList();
        foreach (var counter in (ITokenCounter[])[TokenCounter.O200kBase, TokenCounter.Cl100kBase])
        {
            var prompts = Load(recorded, counter);
            Console.WriteLine($"\n{counter.Name}: median / 90th percentile of absolute errors in percent (calls)");
            Console.WriteLine("generation      cold                  >= 500 tokens         other sources         calibrated            bytes/4               plain count");
            var crossed = CrossValidated(prompts);
            foreach (var group in prompts.GroupBy(p => Generation(p.Model)).OrderBy(g => g.Key, StringComparer.Ordinal).Append(null))
            {
                var some = group?.ToList() ?? prompts;
                string Cell(Func<SizedPrompt, double> estimate, Func<SizedPrompt, bool>? which = null) =>
                    Quantiles.Of(some.Where(which ?? (_ => true)).Select(p => p.ErrorOf(Math.Round(estimate(p))))).ToString().PadRight(22);
                Console.WriteLine(string.Concat(
                    (group?.Key ?? "all").PadRight(16), Cell(p => p.Cold), Cell(p => p.Cold, p => p.IsLarge), Cell(p => crossed[p]),
                    Cell(p => p.Calibrated), Cell(p => p.TextBytes / 4.0), Cell(p => p.PlainCount)));
            }

            PrintFit(prompts);
        }
    }

    private static string Generation(ModelOverheads model) => model.ImageTokens > 2_000 ? "4.7 and later" : "up to 4.6";

    // Each repository is an application of its own, that begins with nothing learned.
    private static List<SizedPrompt> Load(IEnumerable<RecordedPrompt> recorded, ITokenCounter counter)
    {
        var prompts = new List<SizedPrompt>();
        foreach (var source in recorded.GroupBy(p => p.Source, StringComparer.Ordinal))
        {
            using var loader = new PromptLoader(counter);
            prompts.AddRange(source.Select(loader.Size));
        }

        return prompts;
    }

    // The weights are fitted to some repositories and measured on the others.
    private static Dictionary<SizedPrompt, double> CrossValidated(IReadOnlyList<SizedPrompt> prompts)
    {
        var sources = prompts.Select(p => p.Recorded.Source).Distinct().Order(StringComparer.Ordinal).ToList();
        var estimates = new Dictionary<SizedPrompt, double>(ReferenceEqualityComparer.Instance);
        for (var fold = 0; fold < Folds; fold++)
        {
            bool IsLeftOut(SizedPrompt p) => sources.IndexOf(p.Recorded.Source) % Folds == fold;
            foreach (var group in prompts.GroupBy(p => p.Model.Prefix))
            {
                var generation = prompts.Where(p => Generation(p.Model) == Generation(group.First().Model) && !IsLeftOut(p)).ToList();
                var weights = WeightFit.Fit(generation, group.First().Model.Weights, Shared);
                foreach (var prompt in group.Where(IsLeftOut))
                {
                    estimates[prompt] = prompt.Features.Dot(weights);
                }
            }
        }

        return estimates;
    }

    private static readonly Feature[] Shared = [.. Enum.GetValues<Feature>().Where(f => f != Feature.Fixed)];

    private static void PrintFit(IReadOnlyList<SizedPrompt> prompts)
    {
        foreach (var group in prompts.GroupBy(p => Generation(p.Model)))
        {
            var weights = WeightFit.Fit([.. group], group.First().Model.Weights, Shared);
            Console.WriteLine($"fit {group.Key}: " + string.Join(", ", Shared.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f} {weights[f]:0.###}"))));
        }

        foreach (var group in prompts.GroupBy(p => p.Model.Prefix).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var some = group.ToList();
            var weights = WeightFit.Fit(some, some[0].Model.Weights, [Feature.Text, Feature.Request]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {group.Key,-20} n {some.Count,4}  cold {Quantiles.Of(some.Select(p => p.ErrorOf(p.Cold))),-20} text {weights[Feature.Text]:0.###} request {weights[Feature.Request]:0.##}"));
        }
    }
}
