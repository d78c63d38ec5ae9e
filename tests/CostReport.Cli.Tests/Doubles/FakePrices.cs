using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>A price list of one price a class: five dollars in, twenty-five out.</summary>
internal sealed class FakePrices : IPriceSource
{
    public const decimal PerMillion = 1_000_000;

    public string Version => "2026-11-20+f00dcafe";

    public IReadOnlyList<PriceLine> Lines { get; } =
    [
        Line("claude-opus-5-5", "anthropic", PriceLine.Standard, 4m, 20m, 0.2m),
        Line("claude-opus-5-5", "anthropic", "batch", 2m, 10m, 0.1m),
        Line("claude-opus-5-5", "anthropic", "fast", 8m, 40m, 0.4m) with { From = new DateOnly(2026, 10, 15) },
        Line("claude-opus-5-5", "vertex", PriceLine.Standard, 4m, 20m, 0.2m),
        Line("claude-opus-5-5", "bedrock-regional", PriceLine.Standard, 4.4m, 22m, 0.22m) with { Confidence = "low" },
        Line("claude-sonnet-5-5", "anthropic", PriceLine.Standard, 2m, 10m, 0.2m) with { Until = new DateOnly(2026, 10, 7) },
        Line("claude-sonnet-5-5", "anthropic", PriceLine.Standard, 2m, 10m, 0.1m) with { From = new DateOnly(2026, 10, 7) },
        Line("claude-2.1", "anthropic", PriceLine.Standard, 8m, 24m, null) with { CacheWrite5m = null, CacheWrite1h = null },
    ];

    public PriceBook Book(string? path) => path is null ? PriceBook.Default : PriceBook.Load(path);

    public ModelPrices Find(string model)
    {
        var lines = Lines.Where(l => string.Equals(l.Model, model, StringComparison.Ordinal)).ToList();
        return lines.Count == 0
            ? new ModelPrices(null, "no row and no alias has this id", [], [])
            : new ModelPrices(model, "the id of a row", lines, ["Source: the pricing page of 2026-11-10."]) { ContextWindow = 1_000_000, MaxOutput = 128_000, MinCacheableTokens = 512, Status = "active" };
    }

    public PriceCheck Check(string? path) => path is null
        ? new PriceCheck("the built-in price list", Version, Lines.Count, [])
        : new PriceCheck(Path.GetFileName(path), null, 0, [(12, "$.models[3].input", "is negative; give dollars per million tokens"), (0, "", "holds no date")]);

    public RepriceResult Reprice(string? ledger, string? prices, CallFilter filter, bool dryRun) => new()
    {
        Version = Version,
        Attempts = 1234,
        Written = dryRun ? 0 : 41,
        Overtaken = dryRun ? 0 : 1,
        Before = new NanoUsd(12_000_000_000),
        After = new NanoUsd(13_500_000_000),
        Changes =
        [
            new RepriceChange("claude-next", "was_unpriced", 40, NanoUsd.Zero, new NanoUsd(1_700_000_000), CallId.Create(Sample.Now, 1)),
            new RepriceChange("claude-sonnet-5-5", "price_changed", 2, new NanoUsd(400_000_000), new NanoUsd(200_000_000), CallId.Create(Sample.Now, 2)),
        ],
    };

    public CostBreakdown Price(PricingRequest request) => Explain(request, Version);

    public static CostBreakdown Explain(PricingRequest request, string version)
    {
        if (request.Model is null || request.Model.StartsWith("unknown", StringComparison.Ordinal))
        {
            return new CostBreakdown(new CallCost { Basis = CostBasis.Unpriced, PriceVersion = version }, [], "The price list has no row for this model.", []);
        }

        if (request.Usage is not { } usage)
        {
            return new CostBreakdown(new CallCost { Basis = CostBasis.Unbilled, ByClass = default(CostByClass) }, [], "An error is not billed.", []);
        }

        var geo = string.Equals(usage.InferenceGeo, "us", StringComparison.Ordinal);
        CostFactor[] factors = geo ? [new CostFactor("geo us", 1.1m)] : [];
        var writes5m = (usage.CacheCreationInputTokens ?? 0) - (usage.CacheCreation1hInputTokens ?? 0);
        CostTerm?[] terms =
        [
            Term("input", usage.InputTokens, 5m, factors),
            Term("cache_read", usage.CacheReadInputTokens, 0.5m, factors),
            Term("cache_write_5m", writes5m, 6.25m, factors),
            Term("cache_write_1h", usage.CacheCreation1hInputTokens, 10m, factors),
            Term("output", usage.OutputTokens, 25m, factors),
            usage.WebSearchRequests is > 0 ? new CostTerm("server_tools", usage.WebSearchRequests.Value, 10m, 1000, [], usage.WebSearchRequests.Value * 10_000_000m, "web search") : null,
        ];
        var known = terms.OfType<CostTerm>().ToList();
        NanoUsd Sum(string name) => new((long)Math.Round(known.Where(t => string.Equals(t.Class, name, StringComparison.Ordinal)).Sum(t => t.ExactNanoUsd), MidpointRounding.ToEven));
        var cost = new CostByClass(Sum("input"), Sum("output"), Sum("cache_read"), Sum("cache_write_5m"), Sum("cache_write_1h"), Sum("server_tools"));
        var without = (usage.TotalInputTokens ?? 0) * 5000L;
        return new CostBreakdown(
            new CallCost
            {
                Basis = CostBasis.Measured,
                ByClass = cost,
                PriceVersion = version,
                SavedByCache = new NanoUsd(without) - cost.Input - cost.CacheRead - cost.CacheWrite5m - cost.CacheWrite1h,
            },
            known,
            null,
            geo ? ["geo"] : []);
    }

    private static PriceLine Line(string model, string provider, string kind, decimal input, decimal output, decimal? read) => new()
    {
        Model = model,
        Provider = provider,
        Kind = kind,
        From = new DateOnly(2026, 9, 22),
        Input = input,
        Output = output,
        CacheRead = read,
        CacheWrite5m = input * 1.25m,
        CacheWrite1h = input * 2,
        Confidence = "high",
    };

    private static CostTerm? Term(string name, long? quantity, decimal price, CostFactor[] factors) => quantity is > 0
        ? new CostTerm(name, quantity.Value, price, (long)PerMillion, factors, quantity.Value * price * 1000 * factors.Aggregate(1m, (p, f) => p * f.Value), "claude-opus-5 anthropic from 2026-07-24")
        : null;
}
