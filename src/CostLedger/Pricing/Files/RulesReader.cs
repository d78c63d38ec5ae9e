using CostLedger.Pricing.Rows;

namespace CostLedger.Pricing.Files;

/// <summary>Reads what a price file says beside its models.</summary>
internal sealed class RulesReader(ValueReader values)
{
    public PriceRules Read(ObjectReader file)
    {
        var providers = ReadProviders(file.Object("providers"));
        var tools = file.Object("server_tools");
        var images = file.Object("image_tokens");
        ReadMultipliers(file.Object("multipliers"));
        ReadPdf(file);
        file.Text("tool_prompt_tokens_source");
        var rules = new PriceRules
        {
            Descriptions = providers.Descriptions,
            Substitutes = providers.Substitutes,
            BareBedrockId = ReadPriceKey(file, "bare_bedrock_id"),
            Aliases = ReadDictionary(file.Object("aliases")),
            Refusals = ReadRefusals(file.Object("refusals_before_output")),
            WebSearchPer1000 = tools?.Price("web_search_per_1000") ?? 0,
            CodeExecutionPerContainerHour = tools?.Price("code_execution_per_container_hour") ?? 0,
            CodeExecutionFreeHoursPerMonth = tools?.Count("code_execution_free_hours_per_month") ?? 0,
            ImagePatchPixels = images?.Count("patch_pixels") ?? 0,
            Images = ReadLimits(images?.Object("standard")),
            LargeImages = ReadLimits(images?.Object("models_4_7_and_later")),
        };
        FinishServerTools(tools);
        images?.Finish();
        return rules;
    }

    /// <summary>An object whose members are all texts.</summary>
    public Dictionary<string, string> ReadDictionary(ObjectReader? reader)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in reader?.Members ?? [])
        {
            if (values.Text(member) is { } text)
            {
                found[member.Name] = text;
            }
        }

        return found;
    }

    private static (Dictionary<string, string> Descriptions, Dictionary<string, SubstituteRule> Substitutes) ReadProviders(ObjectReader? reader)
    {
        var descriptions = new Dictionary<string, string>(StringComparer.Ordinal);
        var substitutes = new Dictionary<string, SubstituteRule>(StringComparer.Ordinal);
        foreach (var key in PriceKeys.All)
        {
            if (reader?.Object(key) is not { } provider)
            {
                continue;
            }

            descriptions[key] = provider.Text("description") ?? "";
            if (provider.ObjectOrNull("without_row") is { } rule)
            {
                substitutes[key] = new SubstituteRule(
                    ReadPriceKey(rule, "use"),
                    rule.Factor("factor") ?? 1,
                    rule.DateOrNull("models_from"));
                rule.Finish();
            }

            provider.Finish();
        }

        reader?.Finish();
        CheckChains(reader, substitutes);
        return (descriptions, substitutes);
    }

    private static void CheckChains(ObjectReader? reader, Dictionary<string, SubstituteRule> substitutes)
    {
        foreach (var start in substitutes.Keys)
        {
            var key = start;
            var steps = 0;
            while (substitutes.TryGetValue(key, out var rule) && steps++ <= substitutes.Count)
            {
                key = rule.Use;
            }

            if (steps > substitutes.Count)
            {
                reader?.Fault(start, "its substitutes run in a circle; one \"without_row\" must be null");
            }
        }
    }

    private static string ReadPriceKey(ObjectReader reader, string name)
    {
        var key = reader.Text(name);
        if (key is not null && !PriceKeys.All.Contains(key, StringComparer.Ordinal))
        {
            reader.Fault(name, $"\"{key}\" is no provider; it must be one of {string.Join(", ", PriceKeys.All)}");
        }

        return key ?? PriceKeys.Anthropic;
    }

    private List<RefusalPeriod> ReadRefusals(ObjectReader? reader)
    {
        var periods = new List<RefusalPeriod>();
        foreach (var place in reader?.List("periods") ?? [])
        {
            var item = new ObjectReader(place, values);
            var period = new RefusalPeriod(
                item.DateOrNull("from"),
                item.DateOrNull("until"),
                item.Texts("billed"),
                item.TextsOrNull("unbilled"));
            item.CheckOrder(period.From, period.Until);
            if (periods.Count > 0 && period.From != periods[^1].Until)
            {
                item.Fault("from", "must be the day on which the period before it ends");
            }

            if (periods.Count > 0 && period.From is null)
            {
                item.Fault("from", "must be a day; only the first period has no beginning");
            }

            item.Finish();
            periods.Add(period);
        }

        reader?.Text("source");
        reader?.Finish();
        return periods;
    }

    private static void FinishServerTools(ObjectReader? tools)
    {
        tools?.Flag("web_search_errors_billed");
        tools?.Price("web_fetch_per_1000");
        tools?.Count("code_execution_minimum_minutes");
        tools?.Texts("code_execution_free_with");
        tools?.Price("managed_agents_session_hour");
        tools?.Text("source");
        tools?.Finish();
    }

    /// <summary>The rules that rows are made from. They are for people who add rows: a cost comes from rows alone.</summary>
    private void ReadMultipliers(ObjectReader? reader)
    {
        foreach (var name in (string[])["cache_write_5m", "cache_write_1h", "cache_read", "batch", "us_geo", "cloud_regional", "govcloud"])
        {
            reader?.Factor(name);
        }

        foreach (var place in reader?.List("cache_read_exceptions") ?? [])
        {
            var item = new ObjectReader(place, values);
            item.Factor("factor");
            item.Date("from");
            item.Texts("models");
            item.Finish();
        }

        reader?.Text("stacking");
        reader?.Finish();
    }

    private void ReadPdf(ObjectReader file)
    {
        var range = file.List("pdf_text_tokens_per_page");
        if (range.Count != 2 || values.Count(range[0]) > values.Count(range[1]))
        {
            file.Fault("pdf_text_tokens_per_page", "must be the least and the most tokens of a page");
        }
    }

    private static ImageLimits ReadLimits(ObjectReader? reader)
    {
        var limits = new ImageLimits(reader?.Count("max_edge") ?? 0, reader?.Count("max_tokens") ?? 0);
        reader?.Finish();
        return limits;
    }
}
