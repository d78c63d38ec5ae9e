using CostLedger.Pricing.Rows;

namespace CostLedger.Pricing.Files;

/// <summary>Reads what has a beginning and an end: price periods, fast mode, and the prices in them.</summary>
internal sealed class PeriodReader(ValueReader values)
{
    /// <summary>A period's dates and prices, into a row that holds what all periods share.</summary>
    public PriceRow ReadPeriod(JsonValue place, PriceRow shared)
    {
        var reader = new ObjectReader(place, values);
        var from = reader.Date("from");
        var until = reader.DateOrNull("until");
        reader.CheckOrder(from, until);
        var row = shared with
        {
            From = from ?? default,
            Until = until,
            Standard = ReadPrices(reader.Object("standard")),
            Batch = ReadPrices(reader.Object("batch")),
            LongContext = ReadBands(reader, withBatch: true),
        };
        reader.Finish();
        return row;
    }

    public FastPeriod ReadFast(JsonValue place)
    {
        var reader = new ObjectReader(place, values);
        var from = reader.Date("from");
        var until = reader.DateOrNull("until");
        reader.CheckOrder(from, until);
        var fast = new FastPeriod
        {
            From = from ?? default,
            Until = until,
            Standard = ReadPrices(reader.Object("standard")),
            LongContext = ReadBands(reader, withBatch: false),
            Confidence = ReadConfidence(reader),
            Note = reader.OptionalText("note"),
        };
        reader.Finish();
        return fast;
    }

    public static Confidence ReadConfidence(ObjectReader reader)
    {
        switch (reader.Text("confidence"))
        {
            case "high" or null:
                return Confidence.High;
            case "medium":
                return Confidence.Medium;
            case "low":
                return Confidence.Low;
            default:
                reader.Fault("confidence", "must be \"high\", \"medium\" or \"low\"");
                return Confidence.Low;
        }
    }

    private List<PriceBand> ReadBands(ObjectReader owner, bool withBatch)
    {
        var bands = new List<PriceBand>();
        foreach (var place in owner.OptionalList("long_context"))
        {
            var reader = new ObjectReader(place, values);
            var over = reader.Count("over") ?? 0;
            if (bands.Count > 0 && over <= bands[^1].Over)
            {
                reader.Fault("over", "must rise from band to band");
            }

            bands.Add(new PriceBand(
                over,
                ReadPrices(reader.Object("standard")),
                withBatch ? ReadPrices(reader.Object("batch")) : null));
            reader.Finish();
        }

        return bands;
    }

    private static TokenPrices ReadPrices(ObjectReader? reader)
    {
        if (reader is null)
        {
            return new TokenPrices(null, null, null, null, null);
        }

        var prices = new TokenPrices(
            reader.Price("input"),
            reader.Price("output"),
            reader.PriceOrNull("cache_write_5m"),
            reader.PriceOrNull("cache_write_1h"),
            reader.PriceOrNull("cache_read"));
        reader.Finish();
        return prices;
    }
}
