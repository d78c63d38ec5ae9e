using System.Text;
using CostLedger.Pricing;
using CostLedger.Pricing.Files;
using Xunit;

namespace CostLedger.Tests.Pricing.Files;

public sealed class PriceFileTests
{
    private const string Provider = "$.models[0].providers[0]";
    private const string Period = Provider + ".periods[0]";

    [Theory]
    // Money
    [InlineData("\"input\": 3,", "\"input\": -3,", Period + ".standard.input", "negative")]
    [InlineData("\"input\": 3,", "\"input\": 1000000,", Period + ".standard.input", "below 1000000")]
    [InlineData("\"input\": 3,", "\"input\": 0.0000000001,", Period + ".standard.input", "decimals")]
    [InlineData("\"input\": 3,", "\"input\": 3.00000000000000000000000000000000001,", Period + ".standard.input", "characters")]
    [InlineData("\"input\": 3,", "\"input\": \"3\",", Period + ".standard.input", "must be a number")]
    [InlineData("\"input\": 3,", "\"input\": null,", Period + ".standard.input", "must not be null")]
    [InlineData("\"input\": 3,", "", Period + ".standard.input", "missing")]
    [InlineData("\"cache_write_5m\": 3.75, ", "", Period + ".standard.cache_write_5m", "missing")]
    [InlineData("\"cache_write_1h\": 3, ", "", Period + ".batch.cache_write_1h", "missing")]
    [InlineData("\"input\": 3,", "\"input\": 3, \"input\": 4,", Period + ".standard.input", "twice")]
    [InlineData("\"input\": 3,", "\"input\": 3, \"inptu\": 4,", Period + ".standard.inptu", "not known")]
    [InlineData("\"us_geo_multiplier\": 1.1", "\"us_geo_multiplier\": 0", Provider + ".us_geo_multiplier", "above 0")]
    [InlineData("\"us_geo_multiplier\": 1.1", "\"us_geo_multiplier\": 1.1000001", Provider + ".us_geo_multiplier", "decimals")]
    // Days
    [InlineData("\"from\": \"2026-01-01\", \"until\": null", "\"from\": \"2026-02-30\", \"until\": null", Period + ".from", "no day")]
    [InlineData("\"from\": \"2026-01-01\", \"until\": null", "\"from\": \"01/02/2026\", \"until\": null", Period + ".from", "no day")]
    [InlineData("\"from\": \"2026-01-01\", \"until\": null", "\"from\": 20260101, \"until\": null", Period + ".from", "must be a day")]
    [InlineData("\"from\": \"2026-01-01\", \"until\": null", "\"from\": \"2026-01-01\"", Period + ".until", "missing")]
    [InlineData("\"from\": \"2026-01-01\", \"until\": null", "\"from\": \"2026-01-01\", \"until\": \"2026-01-01\"", Period + ".until", "later than")]
    [InlineData("\"from\": \"2026-01-01\", \"until\": null", "\"from\": \"2026-01-02\", \"until\": \"2026-01-01\"", Period + ".until", "later than")]
    [InlineData("\"date\": \"2026-01-01\"", "\"date\": \"today\"", "$.date", "no day")]
    // Names
    [InlineData("\"provider\": \"anthropic\"", "\"provider\": \"acme\"", Provider + ".provider", "no provider")]
    [InlineData("\"confidence\": \"high\"", "\"confidence\": \"sure\"", Provider + ".confidence", "must be \"high\"")]
    [InlineData("\"sources\": [\"A\"]", "\"sources\": [\"B\"]", Provider + ".sources", "not among")]
    [InlineData("\"claude-test-one\"", "\"claude-test-one\", \"Claude-Test-One\"", Provider + ".aliases[1]", "twice")]
    [InlineData("\"claude-test-one\"", "\"\"", Provider + ".aliases[0]", "empty")]
    [InlineData("\"claude-test-one\"", "7", Provider + ".aliases[0]", "must be a text")]
    [InlineData("\"model\": \"claude-test-1\"", "\"model\": \" claude-test-1\"", "$.models[0].model", "space")]
    [InlineData("\"our-deployment\": \"claude-test-1\"", "\"our-deployment\": \"claude-test-2\"", "$.aliases", "no model of the file")]
    [InlineData("\"bare_bedrock_id\": \"bedrock\"", "\"bare_bedrock_id\": \"aws\"", "$.bare_bedrock_id", "no provider")]
    [InlineData("\"currency\": \"USD\"", "\"currency\": \"EUR\"", "$.currency", "USD")]
    // Counts, rules and shapes
    [InlineData("\"max_output\": 4096", "\"max_output\": 0.5", "$.models[0].max_output", "whole number")]
    [InlineData("\"max_output\": 4096", "\"max_output\": -1", "$.models[0].max_output", "whole number")]
    [InlineData("\"web_search_errors_billed\": false", "\"web_search_errors_billed\": \"no\"", "$.server_tools.web_search_errors_billed", "true or false")]
    [InlineData("[1500, 3000]", "[3000, 1500]", "$.pdf_text_tokens_per_page", "least")]
    [InlineData("\"tool_prompt_tokens\": null", "\"tool_prompt_tokens\": []", "$.models[0].tool_prompt_tokens", "must be an object")]
    [InlineData("\"aliases\": [\"claude-test-one\"]", "\"aliases\": \"claude-test-one\"", Provider + ".aliases", "must be a list")]
    [InlineData("\"description\": \"a\", \"without_row\": null", "\"description\": \"a\", \"without_row\": { \"use\": \"bedrock\", \"factor\": 1, \"models_from\": null }", "$.providers.anthropic", "circle")]
    [InlineData("\"from\": \"2026-09-24\", \"until\": null, \"billed\"", "\"from\": \"2026-09-25\", \"until\": null, \"billed\"", "$.refusals_before_output.periods[1].from", "ends")]
    [InlineData("\"foundry\": { \"description\": \"g\", \"without_row\": { \"use\": \"anthropic\", \"factor\": 1, \"models_from\": null } }", "\"azure\": {}", "$.providers.azure", "not known")]
    public void Every_fault_is_told_with_its_place(string old, string replacement, string path, string message)
    {
        var faults = FaultsOf(SmallBook.Text.Replace(old, replacement, StringComparison.Ordinal));

        Assert.Contains(faults, fault => string.Equals(fault.Path, path, StringComparison.Ordinal)
            && fault.Message.Contains(message, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.InRange(fault.Line, 1, SmallBook.Text.Count(c => c == '\n') + 1));
    }

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        var text = SmallBook.Text
            .Replace("\"currency\": \"USD\"", "\"currency\": \"EUR\"", StringComparison.Ordinal)
            .Replace("\"output\": 15,", "\"output\": -15,", StringComparison.Ordinal)
            .Replace("\"max_output\": 4096", "\"max_outputs\": 4096", StringComparison.Ordinal);

        var error = Assert.Throws<PriceFileException>(() => PriceBook.Parse(Encoding.UTF8.GetBytes(text), "mine.json"));

        Assert.Equal(
            "$.currency $.models[0].max_output $.models[0].max_outputs " + Period + ".standard.output",
            string.Join(' ', error.Faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Path, StringComparer.Ordinal).Select(fault => fault.Path)));
        Assert.Equal(error.Faults.Select(fault => fault.Line).Order(), error.Faults.Select(fault => fault.Line));
        Assert.Equal("mine.json", error.File);
        Assert.StartsWith("the price file mine.json cannot be used; correct its 4 faults, the first: line 2, $.currency: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-01", "2026-05-31")]
    [InlineData("2025-01-01", "2026-03-01")]
    public void Periods_that_overlap_are_a_fault(string secondFrom, string secondUntil)
    {
        var period = PeriodText("2026-01-01", "2026-06-01") + ", " + PeriodText(secondFrom, secondUntil);

        var fault = Assert.Single(FaultsOf(WithPeriods(period)));

        Assert.Equal(Provider + ".periods[1]", fault.Path);
        Assert.Contains("overlaps", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_can_follow_an_open_period() => Assert.Contains(
        "overlaps",
        Assert.Single(FaultsOf(WithPeriods(PeriodText("2026-01-01", null) + ", " + PeriodText("2027-01-01", null)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Periods_that_touch_are_right()
    {
        var book = Parse(WithPeriods(PeriodText("2026-01-01", "2026-06-01") + ", " + PeriodText("2026-06-01", null)));

        Assert.Equal(2, book.Rows.Count);
    }

    [Fact]
    public void A_model_without_a_period_is_a_fault() =>
        Assert.Equal(Provider + ".periods", Assert.Single(FaultsOf(WithPeriods(""))).Path);

    [Fact]
    public void A_model_that_is_there_twice_is_a_fault_and_so_is_a_foreign_alias()
    {
        var start = SmallBook.Text.IndexOf("{\n      \"model\"", StringComparison.Ordinal);
        var end = SmallBook.Text.LastIndexOf(']');
        var model = SmallBook.Text[start..end];
        var twice = SmallBook.Text.Insert(start, model.TrimEnd() + ",\n");
        var sameAlias = SmallBook.Text.Insert(start, model.Replace("\"model\": \"claude-test-1\"", "\"model\": \"claude-test-2\"", StringComparison.Ordinal).TrimEnd() + ",\n");

        Assert.Equal("$.models[1].model", Assert.Single(FaultsOf(twice)).Path);
        Assert.Equal("$.models[1].providers[0].aliases", Assert.Single(FaultsOf(sameAlias)).Path);
    }

    [Fact]
    public void Bands_must_rise()
    {
        var band = "{ \"over\": 100, \"standard\": " + Prices + ", \"batch\": " + Prices + " }";
        var period = PeriodText("2026-01-01", null, $", \"long_context\": [{band}, {band}]");

        Assert.Equal(Period + ".long_context[1].over", Assert.Single(FaultsOf(WithPeriods(period))).Path);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{", 1)]
    [InlineData("{\n\"a\": 1,\n}", 3)]
    [InlineData("{} {}", 1)]
    [InlineData("{ // comment\n}", 1)]
    [InlineData("\0", 1)]
    public void What_is_no_json_is_one_fault_with_its_line(string text, int line)
    {
        var fault = Assert.Single(FaultsOf(text));

        Assert.Equal(line, fault.Line);
        Assert.StartsWith("is no JSON: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    public void Json_that_is_no_object_is_a_fault(string text) =>
        Assert.Contains(FaultsOf(text), fault => string.Equals(fault.Path, "$", StringComparison.Ordinal));

    [Fact]
    public void Nesting_without_end_is_a_fault_and_not_a_crash() => Assert.Single(FaultsOf(new string('[', 100_000)));

    [Fact]
    public void Bytes_that_are_no_text_are_faults()
    {
        var bytes = Encoding.UTF8.GetBytes(SmallBook.Text);
        bytes[Encoding.UTF8.GetString(bytes).IndexOf("claude-test-one", StringComparison.Ordinal)] = 0xFF;

        Assert.NotEmpty(Assert.Throws<PriceFileException>(() => PriceBook.Parse(bytes)).Faults);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_and_never_crashes()
    {
        for (var length = 0; length < SmallBook.Text.TrimEnd().Length; length += 7)
        {
            Assert.NotEmpty(FaultsOf(SmallBook.Text[..length]));
        }
    }

    private const string Prices = "{ \"input\": 3, \"output\": 15, \"cache_write_5m\": null, \"cache_write_1h\": null, \"cache_read\": null }";

    private static string PeriodText(string from, string? until, string more = "") =>
        $"{{ \"from\": \"{from}\", \"until\": {(until is null ? "null" : $"\"{until}\"")}, \"standard\": {Prices}, \"batch\": {Prices}{more} }}";

    private static string WithPeriods(string periods)
    {
        var start = SmallBook.Text.IndexOf("\"periods\": [\n            {", StringComparison.Ordinal);
        start = start < 0 ? SmallBook.Text.LastIndexOf("\"periods\": [", StringComparison.Ordinal) : start;
        var open = SmallBook.Text.IndexOf('[', start);
        var rest = SmallBook.Text[open..];
        var close = rest.IndexOf("\n          ]", StringComparison.Ordinal);
        return SmallBook.Text[..(open + 1)] + periods + rest[close..];
    }

    private static PriceBook Parse(string text) => PriceBook.Parse(Encoding.UTF8.GetBytes(text), "test.json");

    private static IReadOnlyList<PriceFault> FaultsOf(string text) => Assert.Throws<PriceFileException>(() => Parse(text)).Faults;
}
