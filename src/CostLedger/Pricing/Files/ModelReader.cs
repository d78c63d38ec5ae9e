using CostLedger.Pricing.Rows;

namespace CostLedger.Pricing.Files;

/// <summary>Reads the models: each is a list of providers, each of these a list of periods.</summary>
internal sealed class ModelReader(ValueReader values, IReadOnlyDictionary<string, string> sources)
{
    private readonly PeriodReader _periods = new(values);

    /// <summary>The names of the file, each with the model that it belongs to.</summary>
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name is the id of a model that was read.</summary>
    public bool IsModel(string name) =>
        _names.TryGetValue(name, out var model) && string.Equals(model, name, StringComparison.OrdinalIgnoreCase);

    public List<PriceRow> Read(IReadOnlyList<JsonValue> models)
    {
        var rows = new List<PriceRow>();
        foreach (var place in models)
        {
            ReadModel(place, rows);
        }

        return rows;
    }

    private void ReadModel(JsonValue place, List<PriceRow> rows)
    {
        var reader = new ObjectReader(place, values);
        var model = reader.Text("model") ?? "";
        if (model.Length > 0 && !_names.TryAdd(model, model))
        {
            reader.Fault("model", $"\"{model}\" is already a model or an alias of {_names[model]}");
        }

        var shared = new PriceRow
        {
            Model = model,
            Provider = "",
            From = default,
            Standard = new TokenPrices(null, null, null, null, null),
            Batch = new TokenPrices(null, null, null, null, null),
            Confidence = Confidence.High,
            ContextWindow = reader.Count("context_window") ?? 0,
            MaxOutput = reader.Count("max_output") ?? 0,
            MinCacheableTokens = reader.CountOrNull("min_cacheable_tokens"),
            ToolPromptTokens = ReadToolPromptTokens(reader.ObjectOrNull("tool_prompt_tokens")),
        };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var provider in reader.List("providers"))
        {
            ReadProvider(provider, shared, seen, rows);
        }

        reader.Finish();
    }

    private void ReadProvider(JsonValue place, PriceRow model, HashSet<string> seen, List<PriceRow> rows)
    {
        var reader = new ObjectReader(place, values);
        var key = reader.Text("provider") ?? "";
        CheckProvider(reader, key, seen);
        var shared = model with
        {
            Provider = key,
            Status = reader.OptionalText("status"),
            Retires = reader.OptionalDate("retires"),
            RetiresNotBefore = reader.OptionalDate("retires_not_before"),
            UsGeoMultiplier = reader.OptionalFactor("us_geo_multiplier"),
            Confidence = PeriodReader.ReadConfidence(reader),
            Sources = ReadSources(reader),
            Note = reader.OptionalText("note"),
            Aliases = ReadAliases(reader, model.Model),
            Fast = ReadFast(reader),
        };
        ReadPeriods(reader, shared, rows);
        reader.Finish();
    }

    private static void CheckProvider(ObjectReader reader, string key, HashSet<string> seen)
    {
        if (key.Length == 0)
        {
            return;
        }

        if (!PriceKeys.All.Contains(key, StringComparer.Ordinal))
        {
            reader.Fault("provider", $"\"{key}\" is no provider; it must be one of {string.Join(", ", PriceKeys.All)}");
        }
        else if (!seen.Add(key))
        {
            reader.Fault("provider", $"\"{key}\" is there twice for this model; put all its periods into one");
        }
    }

    private void ReadPeriods(ObjectReader reader, PriceRow shared, List<PriceRow> rows)
    {
        DateOnly? open = DateOnly.MinValue;
        var places = reader.List("periods");
        foreach (var place in places)
        {
            var row = _periods.ReadPeriod(place, shared);
            CheckFollows(place, row.From, open);
            open = row.Until;
            rows.Add(row);
        }

        if (places.Count == 0)
        {
            reader.Fault("periods", "must hold at least one period");
        }
    }

    private List<FastPeriod> ReadFast(ObjectReader reader)
    {
        var periods = new List<FastPeriod>();
        DateOnly? open = DateOnly.MinValue;
        foreach (var place in reader.OptionalList("fast"))
        {
            var period = _periods.ReadFast(place);
            CheckFollows(place, period.From, open);
            open = period.Until;
            periods.Add(period);
        }

        return periods;
    }

    private void CheckFollows(JsonValue place, DateOnly from, DateOnly? open)
    {
        // A day that could not be read is a fault of its own.
        if (from != default && (open is null || from < open))
        {
            values.Faults.Add(place, "overlaps the period before it; periods are written by rising date, and each must end before the next begins");
        }
    }

    private List<string> ReadSources(ObjectReader reader)
    {
        var found = new List<string>();
        foreach (var key in reader.Texts("sources"))
        {
            if (sources.TryGetValue(key, out var source))
            {
                found.Add(source);
            }
            else
            {
                reader.Fault("sources", $"\"{key}\" is not among the file's sources");
            }
        }

        return found;
    }

    private IReadOnlyList<string> ReadAliases(ObjectReader reader, string model)
    {
        var aliases = reader.Texts("aliases");
        foreach (var alias in aliases)
        {
            if (!_names.TryAdd(alias, model) && !string.Equals(_names[alias], model, StringComparison.Ordinal))
            {
                reader.Fault("aliases", $"\"{alias}\" is already a name of {_names[alias]}");
            }
        }

        return aliases;
    }

    private static ToolPromptTokens? ReadToolPromptTokens(ObjectReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var tokens = new ToolPromptTokens(reader.Count("auto") ?? 0, reader.Count("forced") ?? 0);
        reader.Finish();
        return tokens;
    }
}
