using System.Globalization;
using System.Security.Cryptography;
using CostLedger.Pricing.Files;
using CostLedger.Pricing.Matching;
using CostLedger.Pricing.Rows;
using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>
/// A price list, checked and ready to price calls. Immutable; safe for use by many threads. A call is priced from what was
/// served and counted: tokens of each class × the price of the model, provider and UTC day × the factors of place, summed
/// exactly and rounded once per class, half to even, to nano-dollars. Rules and sources: <c>docs/pricing.md</c>.
/// </summary>
public sealed class PriceBook
{
    private const string EmbeddedName = "pricing.json";
    private const int HashCharacters = 8;

    private static readonly Lazy<PriceBook> Embedded = new(LoadEmbedded);

    private readonly PriceList _list;
    private readonly RouteFinder _routes;
    private readonly CostCalculator _calculator;

    private PriceBook(PriceList list, ReadOnlyMemory<byte> content)
    {
        (_list, Content) = (list, content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span))[..HashCharacters];
        Version = string.Create(CultureInfo.InvariantCulture, $"{list.Date:yyyy-MM-dd}+{hash}");
        _routes = new RouteFinder(list);
        _calculator = new CostCalculator(list.Rules, _routes, Version);
    }

    /// <summary>The price list that this version ships with (<c>pricing.json</c>, embedded); read on first use.</summary>
    public static PriceBook Default => Embedded.Value;

    /// <summary>The list's version: its date and the beginning of its content's SHA-256, for example <c>2026-11-20+1a2b3c4d</c>.</summary>
    public string Version { get; }

    /// <summary>The day that the list describes.</summary>
    public DateOnly Date => _list.Date;

    /// <summary>The file's bytes: what a ledger keeps, so that a cost can always be explained by the list it came from.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The rows, in the file's order: a row for each model, provider and period.</summary>
    public IReadOnlyList<PriceRow> Rows => _list.Rows;

    /// <summary>What the list says beside its rows.</summary>
    public PriceRules Rules => _list.Rules;

    /// <summary>Reads and checks a price file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The price list.</returns>
    /// <exception cref="PriceFileException">The file cannot be read or has faults; it names every one, and nothing is loaded.</exception>
    public static PriceBook Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(PriceFile.ReadBytes(path), path);
    }

    /// <summary>Checks a price file's bytes, for example the <see cref="Content"/> that a ledger kept.</summary>
    /// <param name="content">The bytes, UTF-8; they are copied.</param>
    /// <param name="name">What to call the file in errors.</param>
    /// <returns>The price list.</returns>
    /// <exception cref="PriceFileException">The file has faults; it names every one, and nothing is loaded.</exception>
    public static PriceBook Parse(ReadOnlyMemory<byte> content, string name = EmbeddedName)
    {
        ArgumentNullException.ThrowIfNull(name);
        var copy = content.ToArray();
        return new PriceBook(PriceFile.Read(copy, name), copy);
    }

    /// <summary>Prices a call. Never throws for what a request holds: what cannot be priced is unpriced, with the reason.</summary>
    /// <param name="request">What the price depends on.</param>
    /// <returns>The cost and its explanation.</returns>
    public CostBreakdown Price(PricingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _calculator.Price(request);
    }

    /// <summary>Says which row a model's id leads to, and why.</summary>
    /// <param name="model">The id, in any spelling of any provider.</param>
    /// <param name="provider">Who would answer.</param>
    /// <param name="location">The cloud's location, where there is one.</param>
    /// <param name="at">The time; its UTC day chooses the row. Null: the day that the list describes.</param>
    /// <returns>The row, or why there is none.</returns>
    public ModelMatch Match(string model, Provider provider = Provider.Anthropic, string? location = null, DateTimeOffset? at = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var day = at is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : Date;
        var route = _routes.Find(new RouteQuery(provider, location, model, null), day);
        return new ModelMatch
        {
            Asked = model,
            Model = route.Name.Model,
            Kind = route.Name.Kind,
            IsBatch = route.IsBatch,
            PriceKey = route.Place.Key,
            Row = route.Rows.Count == 0 ? null : route.Rows[route.IndexOn(day)],
            Factor = route.Factor,
            Explanation = route.Explanation,
        };
    }

    private static PriceBook LoadEmbedded()
    {
        using var stream = typeof(PriceBook).Assembly.GetManifestResourceStream(EmbeddedName)
            ?? throw new InvalidOperationException("This build has no embedded price list.");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Parse(buffer.ToArray());
    }
}
