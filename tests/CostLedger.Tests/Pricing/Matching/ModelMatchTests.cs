using CostLedger.Pricing;
using CostLedger.Pricing.Matching;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing.Matching;

public sealed class ModelMatchTests
{
    [Theory]
    // The Claude API
    [InlineData("claude-opus-5", "claude-opus-5", MatchKind.Exact)]
    [InlineData("Claude-Opus-5", "claude-opus-5", MatchKind.Exact)]
    [InlineData(" claude-opus-5 ", "claude-opus-5", MatchKind.Spelling)]
    [InlineData("claude-opus-5-5", "claude-opus-5-5", MatchKind.Exact)]
    [InlineData("claude-opus-4-5", "claude-opus-4-5-20251101", MatchKind.Alias)]
    [InlineData("claude-opus-4-0", "claude-opus-4-20250514", MatchKind.Alias)]
    [InlineData("claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022", MatchKind.Alias)]
    [InlineData("claude-3-5-sonnet", "claude-3-5-sonnet-20241022", MatchKind.Spelling)]
    [InlineData("claude-haiku-4-5-latest", "claude-haiku-4-5-20251001", MatchKind.Spelling)]
    [InlineData("claude-opus-4", "claude-opus-4-20250514", MatchKind.Spelling)]
    [InlineData("claude-opus-4-8-20260528", "claude-opus-4-8", MatchKind.Undated)]
    [InlineData("claude-opus-4-6-20260205", "claude-opus-4-6", MatchKind.Alias)]
    [InlineData("claude-2.0", "claude-2.1", MatchKind.Alias)]
    [InlineData("claude-instant-1.2", "claude-instant-1.2", MatchKind.Exact)]
    // Claude Code and gateways
    [InlineData("claude-opus-5[1m]", "claude-opus-5", MatchKind.Spelling)]
    [InlineData("claude-sonnet-4-5-20250929[1m]", "claude-sonnet-4-5-20250929", MatchKind.Spelling)]
    [InlineData("anthropic/claude-opus-5.5", "claude-opus-5-5", MatchKind.Spelling)]
    [InlineData("anthropic/claude-opus-5.5:batch", "claude-opus-5-5", MatchKind.Spelling)]
    [InlineData("~anthropic/claude-opus-5", "claude-opus-5", MatchKind.Spelling)]
    [InlineData("anthropic/claude-4.6-sonnet-20260217", "claude-sonnet-4-6", MatchKind.Undated)]
    [InlineData("anthropic/claude-3.7-sonnet", "claude-3-7-sonnet-20250219", MatchKind.Spelling)]
    [InlineData("claude-4-5-haiku", "claude-haiku-4-5-20251001", MatchKind.Spelling)]
    [InlineData("vertex_ai/claude-sonnet-4-5@20250929", "claude-sonnet-4-5-20250929", MatchKind.Alias)]
    // Bedrock
    [InlineData("anthropic.claude-opus-4-5-20251101-v1:0", "claude-opus-4-5-20251101", MatchKind.Alias)]
    [InlineData("anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3-5-sonnet-20241022", MatchKind.Alias)]
    [InlineData("us.anthropic.claude-opus-4-6-v1", "claude-opus-4-6", MatchKind.Alias)]
    [InlineData("mx.anthropic.claude-opus-4-6-v1", "claude-opus-4-6", MatchKind.Alias)]
    [InlineData("eu.anthropic.claude-haiku-4-5", "claude-haiku-4-5-20251001", MatchKind.Alias)]
    [InlineData("jp.anthropic.claude-fable-5-v1:0", "claude-fable-5", MatchKind.Spelling)]
    [InlineData("us.claude-opus-5", "claude-opus-5", MatchKind.Spelling)]
    [InlineData("anthropic.claude-3-haiku-20240307-v1:0:48k", "claude-3-haiku-20240307", MatchKind.Alias)]
    [InlineData("claude-3-haiku-48k-20240307", "claude-3-haiku-20240307", MatchKind.Spelling)]
    [InlineData("anthropic.claude-v2:1", "claude-2.1", MatchKind.Alias)]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5", "claude-opus-5", MatchKind.Alias)]
    [InlineData("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5", "claude-opus-5", MatchKind.Alias)]
    // Vertex
    [InlineData("claude-opus-4-5@20251101", "claude-opus-4-5-20251101", MatchKind.Alias)]
    [InlineData("claude-opus-5@default", "claude-opus-5", MatchKind.Alias)]
    [InlineData("claude-mythos-5@default", "claude-mythos-5", MatchKind.Spelling)]
    [InlineData("publishers/anthropic/models/claude-opus-5", "claude-opus-5", MatchKind.Spelling)]
    [InlineData("claude-3-5-sonnet-v2@20241022", "claude-3-5-sonnet-20241022", MatchKind.Alias)]
    // Guesses
    [InlineData("claude-opus-5-thinking", "claude-opus-5", MatchKind.Family)]
    [InlineData("claude-sonnet-4-5-20250929-thinking", "claude-sonnet-4-5-20250929", MatchKind.Family)]
    [InlineData("~anthropic/claude-opus-latest", "claude-opus-5-5", MatchKind.Newest)]
    // Nothing
    [InlineData("claude-opus-5-7", null, MatchKind.None)]
    [InlineData("claude-opus-6", null, MatchKind.None)]
    [InlineData("claude-sonet-4-5", null, MatchKind.None)]
    [InlineData("claude-does-not-exist", null, MatchKind.None)]
    [InlineData("claude", null, MatchKind.None)]
    [InlineData("claude-", null, MatchKind.None)]
    [InlineData("gpt-5", null, MatchKind.None)]
    [InlineData("", null, MatchKind.None)]
    [InlineData("[1m]", null, MatchKind.None)]
    [InlineData("arn:", null, MatchKind.None)]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123", null, MatchKind.None)]
    public void Ids_of_every_provider_lead_to_their_model(string id, string? model, MatchKind kind)
    {
        var match = PriceBook.Default.Match(id);

        Assert.Equal((model, kind), (match.Model, match.Kind));
        Assert.Equal(model is not null, match.Row is not null);
        Assert.Equal(kind is MatchKind.Family or MatchKind.Newest, match.IsGuess);
        Assert.Contains(id, match.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_id_and_alias_of_the_list_leads_to_its_own_model()
    {
        foreach (var row in PriceBook.Default.Rows)
        {
            Assert.Equal(row.Model, PriceBook.Default.Match(row.Model).Model);
            Assert.All(row.Aliases, alias => Assert.Equal(row.Model, PriceBook.Default.Match(alias).Model));
        }
    }

    [Theory]
    [InlineData("2026-07-23", "claude-opus-4-8")]
    [InlineData("2026-07-24", "claude-opus-5")]
    [InlineData("2026-09-22", "claude-opus-5-5")]
    public void The_newest_of_a_family_depends_on_the_day(string day, string model) =>
        Assert.Equal(model, PriceBook.Default.Match("claude-opus-latest", at: Calls.Day(day)).Model);

    [Fact]
    public void A_guess_is_an_estimate_without_an_upper_bound()
    {
        var cost = Calls.Price(Calls.Call("claude-opus-5-thinking", Calls.Thousand)).Cost;

        Assert.Equal(CostBasis.Estimated, cost.Basis);
        Assert.Equal(NanoUsd.Zero, cost.LowerBound);
        Assert.Null(cost.UpperBound);
        Assert.Equal([CostMarks.ModelGuessed], cost.Marks);
    }

    [Theory]
    [InlineData("claude-opus-6")]
    [InlineData("gpt-5")]
    public void An_unknown_model_is_unpriced_and_named(string model)
    {
        var breakdown = Calls.Price(Calls.Call(model, Calls.Thousand));

        Assert.Equal(CostBasis.Unpriced, breakdown.Cost.Basis);
        Assert.Null(breakdown.Cost.Total);
        Assert.Empty(breakdown.Terms);
        Assert.Contains(model, breakdown.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void A_call_without_a_model_is_unpriced(string? model) =>
        Assert.Equal(CostBasis.Unpriced, Calls.Price(Calls.Call("x", Calls.Thousand) with { Model = model }).Cost.Basis);

    [Fact]
    public void A_batch_suffix_means_batch_prices() =>
        Assert.Equal((2m, 10m), Calls.Rates(Calls.Call("anthropic/claude-opus-5.5:batch", Calls.Thousand)));

    [Fact]
    public void Own_names_of_the_price_file_stand_for_models()
    {
        var book = SmallBook.With(text => text);

        var match = book.Match("Our-Deployment", Provider.Foundry);

        Assert.Equal(("claude-test-1", MatchKind.Alias), (match.Model, match.Kind));
    }

    [Fact]
    public void Invented_ids_do_not_make_memory_grow_without_end()
    {
        var book = SmallBook.With(text => text);
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Equal(MatchKind.None, book.Match($"claude-{i}-invented").Kind);
        }

        Assert.Equal(MatchKind.Exact, book.Match("claude-test-1").Kind);
    }
}
