using System.Globalization;
using CostLedger;
using CostLedger.Pricing;
using CostLedger.Pricing.Files;
using CostLedger.Pricing.Rows;
using CostLedger.Querying;
using CostLedger.Repricing;

namespace CostReport.Cli.Sources;

/// <summary>The price list that this version ships with.</summary>
internal sealed class BuiltInPrices : IPriceSource
{
    private const string Name = "the built-in price list";

    /// <inheritdoc/>
    public string Version => PriceBook.Default.Version;

    /// <inheritdoc/>
    public IReadOnlyList<PriceLine> Lines => [.. PriceBook.Default.Rows.SelectMany(ToLines).Distinct()];

    /// <inheritdoc/>
    public CostBreakdown Price(PricingRequest request) => PriceBook.Default.Price(request);

    /// <inheritdoc/>
    public PriceBook Book(string? path) => path is null ? PriceBook.Default : PriceBook.Load(path);

    /// <inheritdoc/>
    public ModelPrices Find(string model)
    {
        var match = PriceBook.Default.Match(model);
        var rows = match.Model is null ? [] : PriceBook.Default.Rows.Where(r => string.Equals(r.Model, match.Model, StringComparison.Ordinal)).ToList();
        var latest = match.Row ?? rows.MaxBy(r => r.From);
        return new ModelPrices(match.Model, match.Explanation, [.. rows.SelectMany(ToLines).Distinct()], Notes(rows))
        {
            ContextWindow = latest?.ContextWindow,
            MaxOutput = latest?.MaxOutput,
            MinCacheableTokens = latest?.MinCacheableTokens,
            Status = latest?.Status,
        };
    }

    /// <inheritdoc/>
    public PriceCheck Check(string? path)
    {
        try
        {
            var book = path is null ? PriceBook.Default : PriceBook.Load(path);
            return new PriceCheck(path ?? Name, book.Version, book.Rows.Count, []);
        }
        catch (PriceFileException error)
        {
            return new PriceCheck(path ?? Name, null, 0, [.. error.Faults.Select(f => (f.Line, f.Path, f.Message))]);
        }
    }

    /// <inheritdoc/>
    public RepriceResult Reprice(string? ledger, string? prices, CallFilter filter, bool dryRun)
    {
        var repricer = new Repricer(ledger ?? SqliteLedger.DefaultPath, prices is null ? PriceBook.Default : PriceBook.Load(prices));
        var report = dryRun ? repricer.DryRun(filter) : repricer.Apply(filter);
        return new RepriceResult
        {
            Version = report.PriceVersion,
            Attempts = report.Attempts,
            Written = report.Written,
            Overtaken = report.Overtaken,
            Unreadable = report.Unreadable,
            Before = report.Before,
            After = report.After,
            Changes = [.. report.Groups.Where(g => g.Cause != RepriceCause.Same).Select(ToChange)],
        };
    }

    private static RepriceChange ToChange(RepriceGroup group) =>
        new(group.Model, NameOf(group.Cause), group.Attempts, group.Before, group.After, group.Examples.Count > 0 ? group.Examples[0].Id : null);

    private static string NameOf(RepriceCause cause) => cause switch
    {
        RepriceCause.WasUnpriced => "was_unpriced",
        RepriceCause.NowUnpriced => "now_unpriced",
        RepriceCause.PriceChanged => "price_changed",
        RepriceCause.PriceListMissing => "price_list_missing",
        _ => "calculation_changed",
    };

    // Fast mode stands in every row of a model, for its whole life.
    private static IEnumerable<PriceLine> ToLines(PriceRow row)
    {
        yield return Line(row, PriceLine.Standard, row.Standard);
        yield return Line(row, "batch", row.Batch);
        foreach (var band in row.LongContext)
        {
            yield return Line(row, Over(band), band.Standard);
            if (band.Batch is { } batch)
            {
                yield return Line(row, $"batch {Over(band)}", batch);
            }
        }

        foreach (var fast in row.Fast)
        {
            yield return Line(row, "fast", fast.Standard) with { From = fast.From, Until = fast.Until };
            foreach (var band in fast.LongContext)
            {
                yield return Line(row, $"fast {Over(band)}", band.Standard) with { From = fast.From, Until = fast.Until };
            }
        }
    }

    private static string Over(PriceBand band) => $"over {band.Over.ToString("N0", CultureInfo.InvariantCulture)}";

    private static PriceLine Line(PriceRow row, string kind, TokenPrices prices) => new()
    {
        Model = row.Model,
        Provider = row.Provider,
        Kind = kind,
        From = row.From,
        Until = row.Until,
        Input = prices.Input,
        Output = prices.Output,
        CacheRead = prices.CacheRead,
        CacheWrite5m = prices.CacheWrite5m,
        CacheWrite1h = prices.CacheWrite1h,
        Confidence = row.Confidence.ToString().ToLowerInvariant(),
    };

    private static IReadOnlyList<string> Notes(IReadOnlyList<PriceRow> rows) =>
        [.. rows.Select(r => r.Note).OfType<string>().Concat(rows.SelectMany(r => r.Sources).Select(s => $"Source: {s}")).Distinct(StringComparer.Ordinal)];
}
