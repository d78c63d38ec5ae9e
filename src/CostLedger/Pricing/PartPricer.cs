using CostLedger.Pricing.Matching;
using CostLedger.Pricing.Parts;
using CostLedger.Pricing.Rows;
using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>
/// Prices the parts of one call: tokens × the price of their class × the factors of place and geography. All factors
/// multiply. Source: Anthropic pricing page, 2026-08-21.
/// </summary>
internal sealed class PartPricer
{
    private const long PerMillion = 1_000_000;

    private readonly PricingRequest _request;
    private readonly RouteFinder _routes;
    private readonly DateOnly _day;
    private readonly PriceChooser _chooser;

    public PartPricer(PricingRequest request, RouteFinder routes)
    {
        (_request, _routes) = (request, routes);
        _day = DateOnly.FromDateTime(request.At.UtcDateTime);
        _chooser = new PriceChooser(request, _day);
    }

    /// <summary>Whether another reading of the rules would have given another cost.</summary>
    public bool IsUncertain => _chooser.IsUncertain;

    /// <summary>Whether a model was guessed.</summary>
    public bool IsGuess { get; private set; }

    /// <summary>Adds a part's cost to a sheet.</summary>
    /// <returns>Null, or why the part has no price; then nothing was added.</returns>
    /// <exception cref="OverflowException">The cost is beyond all bounds.</exception>
    public string? Add(CostSheet sheet, UsagePart part, Scenario scenario)
    {
        if (string.IsNullOrWhiteSpace(part.Model))
        {
            return "the model is not known";
        }

        var route = _routes.Find(new RouteQuery(_request.Provider, _request.Location, part.Model, _request.ModelRequested), _day);
        if (route.Rows.Count == 0)
        {
            return route.Explanation;
        }

        var index = route.IndexOn(_day);
        part = Shaped(part, scenario);
        var choice = _chooser.Choose(sheet, route, index, part, scenario);
        var isOpenInput = part.IsInputUnknown && scenario == Scenario.Most;
        part = isOpenInput ? AtDearest(part, choice.Prices) : part;
        if (MissingClass(part, choice.Prices) is { } missing)
        {
            return $"{route.Labels[index]} has no price for {missing}";
        }

        MarkRoute(sheet, route, route.Rows[index]);
        var source = part.Name is null ? route.Labels[index] + choice.Kind : $"{route.Labels[index]}{choice.Kind}; {part.Name}";
        AddClasses(sheet, part, choice.Prices, new CostRate(Factors(sheet, route, route.Rows[index], isOpenInput), source, part.Name));
        return null;
    }

    private static UsagePart Shaped(UsagePart part, Scenario scenario) => part.IsEstimated
        ? part with { Input = part.InputIn(scenario), Output = part.OutputIn(scenario) }
        : part;

    // What is not known of a prompt may all have been written to the cache.
    private static UsagePart AtDearest(UsagePart part, TokenPrices prices)
    {
        var input = prices.Input ?? 0;
        return (prices.CacheWrite1h ?? 0) > Math.Max(input, prices.CacheWrite5m ?? 0) ? part with { Input = 0, Write1h = part.Input }
            : (prices.CacheWrite5m ?? 0) > input ? part with { Input = 0, Write5m = part.Input }
            : part;
    }

    private void MarkRoute(CostSheet sheet, PriceRoute route, PriceRow row)
    {
        if (route.Name.Kind is MatchKind.Family or MatchKind.Newest)
        {
            IsGuess = true;
            sheet.Mark(CostMarks.ModelGuessed);
        }

        sheet.MarkIf(!row.Covers(_day), CostMarks.OutsidePricePeriod);
        sheet.MarkIf(row.Confidence == Confidence.Low, CostMarks.LowConfidencePrice);
        sheet.MarkIf(route.IsSubstitute, CostMarks.PriceSubstituted);
        sheet.MarkIf(!route.Place.IsCertain, CostMarks.LocationUnknown);
        if (route.IsPremium)
        {
            sheet.Modify(string.Equals(route.Place.Key, PriceKeys.BedrockGovCloud, StringComparison.Ordinal) ? "govcloud" : "regional");
        }
    }

    // Where no answer told its geography, a workspace may have set it, which the request does not show.
    private IReadOnlyList<CostFactor> Factors(CostSheet sheet, PriceRoute route, PriceRow row, bool isAtMost)
    {
        var told = _request.Usage?.InferenceGeo;
        var isUs = string.Equals(told, "us", StringComparison.OrdinalIgnoreCase) || (isAtMost && told is null);
        var geo = isUs && (route.Place.Key is PriceKeys.Anthropic or PriceKeys.Foundry) ? row.UsGeoMultiplier : null;
        if (geo is not null)
        {
            sheet.Modify("geo");
        }

        return (geo, route.Factor) switch
        {
            (null, 1) => [],
            (null, var factor) => [new CostFactor(route.Place.Key, factor)],
            ({ } us, 1) => [new CostFactor("geo us", us)],
            ({ } us, var factor) => [new CostFactor(route.Place.Key, factor), new CostFactor("geo us", us)],
        };
    }

    private static void AddClasses(CostSheet sheet, UsagePart part, TokenPrices prices, CostRate rate)
    {
        Add(sheet, CostSheet.Input, part.Input, prices.Input, rate);
        Add(sheet, CostSheet.Output, part.Output, prices.Output, rate);
        AddCached(sheet, CostSheet.CacheRead, part.CacheRead, prices.CacheRead, prices.Input, rate);
        AddCached(sheet, CostSheet.CacheWrite5m, part.Write5m, prices.CacheWrite5m, prices.Input, rate);
        AddCached(sheet, CostSheet.CacheWrite1h, part.Write1h, prices.CacheWrite1h, prices.Input, rate);
    }

    private static void AddCached(CostSheet sheet, int costClass, long tokens, decimal? price, decimal? input, CostRate rate)
    {
        var paid = Add(sheet, costClass, tokens, price, rate);
        if (tokens > 0 && input is { } uncached)
        {
            sheet.CountSaving(CostSheet.Amount(tokens, uncached, PerMillion, rate.Factors), paid);
        }
    }

    private static decimal Add(CostSheet sheet, int costClass, long tokens, decimal? price, CostRate rate) =>
        tokens > 0 && price is { } known ? sheet.Add(costClass, tokens, known, PerMillion, rate) : 0;

    private static string? MissingClass(UsagePart part, TokenPrices prices) => prices switch
    {
        { Input: null } when part.Input > 0 => "input",
        { Output: null } when part.Output > 0 => "output",
        { CacheRead: null } when part.CacheRead > 0 => "cache reads",
        { CacheWrite5m: null } when part.Write5m > 0 => "cache writes of five minutes",
        { CacheWrite1h: null } when part.Write1h > 0 => "cache writes of one hour",
        _ => null,
    };
}
