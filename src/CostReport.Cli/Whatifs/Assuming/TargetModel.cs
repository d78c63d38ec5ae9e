using CostLedger.Pricing.Rows;
using Telemetry.Handler.Estimating;
using Telemetry.Handler.Estimating.Overheads;

namespace CostReport.Cli.Whatifs.Assuming;

/// <summary>The model that calls go to instead, and how many tokens it has for those of another.</summary>
/// <param name="Name">Its id at the Claude API.</param>
/// <param name="Row">What is known of it.</param>
internal sealed record TargetModel(string Name, PriceRow Row)
{
    // The factors of both generations were measured on recorded calls; half of the calls are within 3 and 6 % of them, and so
    // nine of ten within about 2.4 times the two together, where errors are distributed normally.
    private const double Doubt = 0.16;

    private readonly ModelOverheads _overheads = OverheadTable.Of(Name);

    /// <summary>How many tokens it has for one of another model's: likely, at least, at most.</summary>
    /// <remarks>Exactly one where both have the same tokenizer; else the ratio of the measured factors of texts (<c>overheads.json</c>).</remarks>
    public (double Likely, double Low, double High) RatioOf(string? model)
    {
        if (TokenizerGeneration.Of(model) == TokenizerGeneration.Of(Name))
        {
            return (1, 1, 1);
        }

        var likely = _overheads.Weights[Feature.Text] / OverheadTable.Of(model).Weights[Feature.Text];
        return (likely, likely * (1 - Doubt), likely * (1 + Doubt));
    }
}
