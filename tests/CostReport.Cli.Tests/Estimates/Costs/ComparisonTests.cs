using System.Text;
using System.Text.Json;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Estimates.Costs;

public sealed class ComparisonTests
{
    [Fact]
    public void The_cheapest_comes_first_and_the_deprecated_are_left_out()
    {
        var models = Compare("--compare");

        var costs = models.ConvertAll(model => decimal.Parse(model.GetProperty("cost_usd").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(costs.Order(), costs);
        var names = models.ConvertAll(model => model.GetProperty("model").GetString()!);
        Assert.Contains("claude-sonnet-5-5", names);
        Assert.DoesNotContain("claude-mythos-preview", names);
        Assert.DoesNotContain("claude-3-7-sonnet-20250219", names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void A_glob_chooses_and_the_asked_model_stays()
    {
        var names = Compare("--compare", "*haiku*").ConvertAll(model => model.GetProperty("model").GetString());

        Assert.Equal(["claude-haiku-5-5", "claude-haiku-4-5-20251001", "claude-opus-5"], names);
    }

    [Fact]
    public void Each_model_counts_by_its_own_tokenizer()
    {
        var models = Compare("--compare", "claude-opus-*");

        var tokens = models.ToDictionary(model => model.GetProperty("model").GetString()!, model => model.GetProperty("input_tokens").GetInt64());
        Assert.True(tokens["claude-opus-4-6"] < tokens["claude-opus-5-5"]);
    }

    [Fact]
    public void The_others_are_priced_under_the_same_bedrock_profile()
    {
        var models = Compare("--compare", "claude-opus-5", "--model", "us.anthropic.claude-sonnet-5");

        var opus = models.Single(model => model.GetProperty("model").GetString() == "claude-opus-5");
        Assert.Equal(new CostLedger.Records.NanoUsd(opus.GetProperty("input_tokens").GetInt64() * 5_500).ToString(), opus.GetProperty("cost_usd").GetString());
    }

    private static List<JsonElement> Compare(params string[] options)
    {
        var program = new TestProgram(new FakeLedger([])) { Input = Encoding.UTF8.GetBytes(RequestFiles.Hello()) };
        using var json = JsonDocument.Parse(program.Output(["estimate", "-", "--format", "json", .. options]));
        return [.. json.RootElement.GetProperty("compare").Clone().EnumerateArray()];
    }
}
