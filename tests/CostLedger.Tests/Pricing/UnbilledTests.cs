using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

public sealed class UnbilledTests
{
    [Theory]
    [InlineData(Operation.CountTokens)]
    [InlineData(Operation.BatchCreate)]
    [InlineData(Operation.BatchResults)]
    [InlineData(Operation.BatchOther)]
    [InlineData(Operation.Models)]
    public void Operations_that_sample_nothing_are_free(Operation operation)
    {
        var breakdown = Calls.Price(Calls.Call("claude-unheard-of-9", Calls.Thousand) with { Operation = operation });

        AssertFree(breakdown.Cost);
        Assert.NotNull(breakdown.Reason);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(529)]
    [InlineData(302)]
    [InlineData(103)]
    public void Answers_that_are_no_success_are_free(int status)
    {
        var call = Calls.Call("claude-opus-5", null) with { HttpStatus = status, Outcome = CallOutcome.Error };

        AssertFree(Calls.Price(call).Cost);
        AssertFree(Calls.Price(call with { Usage = Calls.Thousand }).Cost);
    }

    [Theory]
    [InlineData(CallOutcome.Error)]
    [InlineData(CallOutcome.Canceled)]
    public void Batch_requests_that_did_not_succeed_are_free(CallOutcome outcome) =>
        AssertFree(Calls.Price(Calls.Call("claude-opus-5", null) with { Operation = Operation.BatchResult, Outcome = outcome }).Cost);

    [Theory]
    [InlineData("bio", "2026-09-23", false)]
    [InlineData("bio", "2026-09-24", true)]
    [InlineData("frontier_llm", "2026-09-23", false)]
    [InlineData("frontier_llm", "2026-09-24", true)]
    [InlineData("reasoning_extraction", "2026-09-24", true)]
    [InlineData("cyber", "2026-11-15", false)]
    [InlineData("general_harms", "2026-11-15", false)]
    [InlineData(null, "2026-11-15", false)]
    [InlineData("something_new", "2026-09-23", false)]
    public void A_refusal_before_output_is_billed_by_day_and_category(string? category, string day, bool isBilled)
    {
        var refusal = Refusal(category, day);

        var cost = Calls.Price(refusal with { HasOutput = false, Usage = Calls.Tokens(1_000, 5) }).Cost;

        if (isBilled)
        {
            Assert.Equal(CostBasis.Measured, cost.Basis);
            Assert.Equal(0.010m + 0.00025m, Calls.Dollars(cost.Total));
        }
        else
        {
            AssertFree(cost);
            Assert.Equal([CostMarks.RefusalUnbilled], cost.Marks);
        }
    }

    [Fact]
    public void A_refusal_of_an_unknown_category_is_bounded_by_both_answers()
    {
        var cost = Calls.Price(Refusal("something_new", "2026-09-24")).Cost;

        Assert.Equal(CostBasis.Estimated, cost.Basis);
        Assert.Equal((0.01m, 0m, 0.01m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound), Calls.Dollars(cost.UpperBound)));
        Assert.Equal([CostMarks.RefusalBillingUnknown], cost.Marks);
    }

    [Theory]
    [InlineData("cyber")]
    [InlineData(null)]
    public void A_refusal_after_output_is_billed(string? category)
    {
        var refusal = Refusal(category, "2026-07-01") with { Usage = Calls.Tokens(1_000, 106) };

        Assert.Equal(0.0153m, Calls.Dollars(Calls.Price(refusal).Cost.Total));
        Assert.Equal(0.0153m, Calls.Dollars(Calls.Price(refusal with { HasOutput = true }).Cost.Total));
    }

    [Fact]
    public void A_compaction_before_a_free_refusal_is_billed()
    {
        var usage = Calls.Tokens(1_000, 0) with
        {
            Iterations = [Calls.Iteration("compaction", 1_000, 100), Calls.Iteration("message", 1_000, 0)],
        };

        var cost = Calls.Price(Refusal("cyber", "2026-11-15") with { Usage = usage }).Cost;

        Assert.Equal(0.015m, Calls.Dollars(cost.Total));
        Assert.Equal([CostMarks.RefusalUnbilled], cost.Marks);
    }

    [Fact]
    public void A_free_refusal_needs_no_price()
    {
        AssertFree(Calls.Price(Refusal("cyber", "2026-11-15") with { Model = "claude-unheard-of-9" }).Cost);
        AssertFree(Calls.Price(Refusal("cyber", "2026-11-15") with { Usage = null }).Cost);
    }

    private static CostLedger.Pricing.PricingRequest Refusal(string? category, string day) =>
        Calls.Call("claude-fable-5", Calls.Tokens(1_000, 0), day) with { Outcome = CallOutcome.Refused, RefusalCategory = category };

    private static void AssertFree(CallCost cost)
    {
        Assert.Equal(CostBasis.Unbilled, cost.Basis);
        Assert.Equal(NanoUsd.Zero, cost.Total);
        Assert.Null(cost.PriceVersion);
    }
}
