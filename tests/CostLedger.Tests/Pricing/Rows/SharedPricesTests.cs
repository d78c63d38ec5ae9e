using System.Text.Json;
using CostLedger.Pricing;
using CostLedger.Pricing.Rows;
using Testing;
using Xunit;

namespace CostLedger.Tests.Pricing.Rows;

/// <summary>The shipped list against the rows that were collected: every field of every row.</summary>
public sealed class SharedPricesTests
{
    private static readonly string[] Classes = ["input", "output", "cache_write_5m", "cache_write_1h", "cache_read"];

    [Fact]
    public void Every_collected_row_is_in_the_price_list_and_no_other()
    {
        using var collected = Open("prices.json");

        var expected = collected.RootElement.EnumerateArray().Select(Collected).Order(StringComparer.Ordinal).ToList();
        var actual = PriceBook.Default.Rows.Select(Listed).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(174, expected.Count);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Batch_prices_are_half_of_every_class_also_where_rows_do_not_say_so()
    {
        foreach (var row in PriceBook.Default.Rows)
        {
            Assert.Equal(Half(row.Standard), row.Batch);
            Assert.All(row.LongContext, band => Assert.Equal(Half(band.Standard), band.Batch));
        }
    }

    [Fact]
    public void Every_rule_beside_the_rows_is_in_the_price_list()
    {
        using var meta = Open("prices-meta.json");
        using var list = JsonDocument.Parse(PriceBook.Default.Content);
        var (expected, actual) = (meta.RootElement, list.RootElement);

        Assert.Equal(expected.GetProperty("as_of").GetString(), actual.GetProperty("date").GetString());
        AssertSame(expected.GetProperty("sources"), actual.GetProperty("sources"));
        AssertRenamed(expected.GetProperty("server_tools"), actual.GetProperty("server_tools"), new(StringComparer.Ordinal)
        {
            ["web_fetch"] = "web_fetch_per_1000",
            ["code_execution_free_hours_per_org_month"] = "code_execution_free_hours_per_month",
        });
        AssertRenamed(expected.GetProperty("multipliers"), actual.GetProperty("multipliers"), new(StringComparer.Ordinal)
        {
            ["us_only_inference_geo"] = "us_geo",
            ["cache_read"] = "",
        });
        AssertSame(expected.GetProperty("image_tokens").GetProperty("standard"), actual.GetProperty("image_tokens").GetProperty("standard"));
        AssertSame(
            expected.GetProperty("image_tokens").GetProperty("models_4_7_and_later"),
            actual.GetProperty("image_tokens").GetProperty("models_4_7_and_later"));
        AssertSame(expected.GetProperty("pdf").GetProperty("text_tokens_per_page"), actual.GetProperty("pdf_text_tokens_per_page"));
        Assert.All(expected.GetProperty("provider_keys").EnumerateObject(), key => Assert.Equal(
            key.Value.GetString(), PriceBook.Default.Rules.Descriptions[key.Name]));
    }

    [Fact]
    public void Tool_overheads_are_on_the_models_they_were_collected_for()
    {
        using var meta = Open("prices-meta.json");
        var table = meta.RootElement.GetProperty("tool_use_system_prompt_tokens");

        foreach (var row in PriceBook.Default.Rows)
        {
            var undated = row.Model.Length > 9 && row.Model[^8..].All(char.IsAsciiDigit) ? row.Model[..^9] : row.Model;
            var expected = table.TryGetProperty(undated, out var pair)
                ? new ToolPromptTokens(pair[0].GetInt32(), pair[1].GetInt32())
                : null;
            Assert.Equal(expected, row.ToolPromptTokens);
        }
    }

    // Rows are compared as text with every number as written, so that a missing or extra field cannot hide.
    private static string Collected(JsonElement row) => string.Join(
        '|',
        Text(row, "model"), Text(row, "provider"), string.Join(',', row.GetProperty("aliases").EnumerateArray().Select(a => a.GetString())),
        Prices(row), Decimal(row, "batch_input"), Decimal(row, "batch_output"),
        Band(row.GetProperty("long_context")), Fast(row.GetProperty("fast_mode")),
        Decimal(row, "us_only_multiplier"), Decimal(row, "context_window"), Decimal(row, "max_output"), Decimal(row, "min_cacheable_tokens"),
        Text(row, "effective_from"), Text(row, "effective_until"), Text(row, "status"), Text(row, "retires"),
        Text(row, "confidence"), Text(row, "source"), Text(row, "note"));

    private static string Band(JsonElement band) => band.ValueKind == JsonValueKind.Null ? "-" : string.Join(
        '/', Decimal(band, "threshold"), Text(band, "applies_when"), Text(band, "scope"), Prices(band),
        Decimal(band, "batch_input"), Decimal(band, "batch_output"));

    private static string Fast(JsonElement periods) => periods.ValueKind == JsonValueKind.Null ? "-" : string.Join(
        '+',
        periods.EnumerateArray().Select(p => $"{Text(p, "effective_from")} {Text(p, "effective_until")} {Prices(p)} {Text(p, "note")}"));

    private static string Listed(PriceRow row) => string.Join(
        '|',
        row.Model, row.Provider, string.Join(',', row.Aliases),
        Prices(row.Standard), Trim(row.Batch.Input), Trim(row.Batch.Output),
        row.LongContext.Count == 0 ? "-" : Band(Assert.Single(row.LongContext)), Fast(row.Fast),
        Trim(row.UsGeoMultiplier), Trim(row.ContextWindow), Trim(row.MaxOutput), Trim(row.MinCacheableTokens),
        Day(row.From), Day(row.Until), row.Status ?? "null", Retires(row),
        row.Confidence.ToString().ToLowerInvariant(), string.Join("; ", row.Sources), row.Note ?? "null");

    private static string Band(PriceBand band) => string.Join(
        '/', Trim(band.Over), $"input_tokens + cache_creation + cache_read > {band.Over}", "whole_request", Prices(band.Standard),
        Trim(band.Batch?.Input), Trim(band.Batch?.Output));

    // Opus 4.6 fast mode is two periods here, since its long prompts had another price in its first days.
    private static string Fast(IReadOnlyList<FastPeriod> periods) => periods.Count == 0 ? "-" : string.Join(
        '+', $"{Day(periods[0].From)} {Day(periods[^1].Until)} {Prices(Assert.Single(periods.Select(p => p.Standard).Distinct()))} {periods[0].Note}");

    private static string Retires(PriceRow row) =>
        row.RetiresNotBefore is { } day ? "not sooner than " + Day(day) : Day(row.Retires);

    private static string Prices(TokenPrices prices) => string.Join(
        ' ', Trim(prices.Input), Trim(prices.Output), Trim(prices.CacheWrite5m), Trim(prices.CacheWrite1h), Trim(prices.CacheRead));

    private static string Prices(JsonElement row) => string.Join(' ', Classes.Select(name => Decimal(row, name)));

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "null";

    private static string Decimal(JsonElement row, string name) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? Trim(value.GetDecimal()) : "null";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", null) ?? "null";

    private static string Trim(decimal? value) => value?.ToString("0.#########", null) ?? "null";

    private static TokenPrices Half(TokenPrices prices) => new(
        prices.Input / 2, prices.Output / 2, prices.CacheWrite5m / 2, prices.CacheWrite1h / 2, prices.CacheRead / 2);

    private static void AssertSame(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(expected, actual), $"{actual} should be {expected}");

    private static void AssertRenamed(JsonElement expected, JsonElement actual, Dictionary<string, string> names)
    {
        foreach (var member in expected.EnumerateObject())
        {
            var name = names.GetValueOrDefault(member.Name, member.Name);
            if (name.Length > 0)
            {
                AssertSame(member.Value, actual.GetProperty(name));
            }
        }
    }

    private static JsonDocument Open(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SharedData.RequireRoot(), "data", name)));
}
