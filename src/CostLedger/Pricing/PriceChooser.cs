using System.Globalization;
using CostLedger.Pricing.Matching;
using CostLedger.Pricing.Parts;
using CostLedger.Pricing.Rows;
using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>
/// Chooses among a row's prices: standard, batch or fast, and the band of the prompt's length. What counts is what was
/// served, not what was asked for. Source: Anthropic pricing page, 2026-08-21.
/// </summary>
internal sealed class PriceChooser(PricingRequest request, DateOnly day)
{
    private readonly bool _isBatch = request.Operation == Operation.BatchResult || Is(request.Usage?.ServiceTier, "batch");
    private readonly bool _isFast = Is(request.Usage?.Speed, "fast");

    /// <summary>Whether another reading of the rules would have given other prices.</summary>
    public bool IsUncertain { get; private set; }

    /// <summary>The prices of a part, and what sets them apart from the row's standard ones (<c>, batch</c>); null when nothing does.</summary>
    public (TokenPrices Prices, string? Kind) Choose(CostSheet sheet, PriceRoute route, int index, UsagePart part, Scenario scenario)
    {
        var row = route.Rows[index];
        if (_isBatch || route.IsBatch)
        {
            return ChooseBatch(sheet, row, part, scenario);
        }

        if (_isFast && ChooseFast(sheet, route, part, scenario) is { } fast)
        {
            return fast;
        }

        var band = BandFor(sheet, row.LongContext, part, scenario);
        return band is null ? (row.Standard, null) : (band.Standard, Name(band, ""));
    }

    private (TokenPrices Prices, string? Kind) ChooseBatch(CostSheet sheet, PriceRow row, UsagePart part, Scenario scenario)
    {
        sheet.Modify("batch");
        if (_isFast)
        {
            // Fast mode and batches exclude each other; if both are told, the batch is the surer.
            sheet.Mark(CostMarks.FastPriceUnknown);
        }

        var band = BandFor(sheet, row.LongContext, part, scenario);
        return band?.Batch is { } prices
            ? (prices, Name(band, ", batch"))
            : (row.Batch, ", batch");
    }

    // Fast prices hold for any length of prompt, unless the period has a band of its own.
    private (TokenPrices Prices, string? Kind)? ChooseFast(CostSheet sheet, PriceRoute route, UsagePart part, Scenario scenario)
    {
        var period = FindFast(route);
        if (period is null || !part.HasCallSpeed)
        {
            // The speed told is that of the model that answers. Whether its advisor runs fast too is not documented.
            IsUncertain |= period is not null;
            sheet.MarkIf(part.HasCallSpeed || period is not null, CostMarks.FastPriceUnknown);
            if (period is null || scenario != Scenario.Most)
            {
                return null;
            }
        }

        sheet.Modify("fast");
        sheet.MarkIf(period.Confidence == Confidence.Low, CostMarks.LowConfidencePrice);
        var band = BandFor(sheet, period.LongContext, part, scenario);
        return band is null ? (period.Standard, ", fast") : (band.Standard, Name(band, ", fast"));
    }

    // Only the Claude API serves it, and the offers that bill its prices.
    private FastPeriod? FindFast(PriceRoute route)
    {
        if (string.Equals(route.Place.Key, PriceKeys.Anthropic, StringComparison.Ordinal))
        {
            foreach (var period in route.Rows[0].Fast)
            {
                if (period.Covers(day))
                {
                    return period;
                }
            }
        }

        return null;
    }

    // Each iteration is a request to the model with a prompt of its own, so each is held against the threshold by itself.
    // Whether the provider takes the sum instead is not documented: where that would matter, the sum is the upper bound.
    private PriceBand? BandFor(CostSheet sheet, IReadOnlyList<PriceBand> bands, UsagePart part, Scenario scenario)
    {
        if (bands.Count == 0)
        {
            return null;
        }

        var own = BandOf(bands, part.Prompt);
        var whole = BandOf(bands, Math.Max(part.Prompt, part.WholePrompt));
        if (!ReferenceEquals(own, whole))
        {
            IsUncertain = true;
            sheet.Mark(CostMarks.BandUncertain);
        }

        var band = scenario == Scenario.Most ? whole : own;
        if (band is not null)
        {
            sheet.Modify("long_context");
        }

        return band;
    }

    private static PriceBand? BandOf(IReadOnlyList<PriceBand> bands, long prompt)
    {
        for (var i = bands.Count - 1; i >= 0; i--)
        {
            if (prompt > bands[i].Over)
            {
                return bands[i];
            }
        }

        return null;
    }

    private static string Name(PriceBand band, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}, over {band.Over} tokens");

    private static bool Is(string? told, string word) => string.Equals(told, word, StringComparison.OrdinalIgnoreCase);
}
