using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

public sealed class EstimateTests
{
    [Theory]
    [InlineData(CallOutcome.Canceled)]
    [InlineData(CallOutcome.Truncated)]
    [InlineData(CallOutcome.Timeout)]
    [InlineData(CallOutcome.Interrupted)]
    [InlineData(CallOutcome.Error)]
    public void A_cut_off_stream_has_exact_input_and_output_within_bounds(CallOutcome outcome)
    {
        var call = Calls.Call("claude-opus-5", Calls.Tokens(1_000, 3)) with
        {
            Outcome = outcome,
            Estimate = new TokenEstimate { OutputTokens = 200, OutputTokensLow = 100, OutputTokensHigh = 400 },
        };

        var breakdown = Calls.Price(call);

        Assert.Equal(CostBasis.Estimated, breakdown.Cost.Basis);
        Assert.Equal(0.005m, Calls.Dollars(breakdown.Cost.ByClass!.Value.Input));
        Assert.Equal(0.005m, Calls.Dollars(breakdown.Cost.ByClass.Value.Output));
        Assert.Equal(0.0075m, Calls.Dollars(breakdown.Cost.LowerBound));
        Assert.Equal(0.015m, Calls.Dollars(breakdown.Cost.UpperBound));
        Assert.Equal([CostMarks.OutputEstimated], breakdown.Cost.Marks);
        Assert.NotNull(breakdown.Reason);
    }

    [Fact]
    public void Output_already_told_is_the_least_that_was_sent()
    {
        var call = Calls.Call("claude-opus-5", Calls.Tokens(0, 50)) with
        {
            Outcome = CallOutcome.Canceled,
            Estimate = new TokenEstimate { OutputTokens = 20, OutputTokensLow = 10, OutputTokensHigh = 40 },
        };

        var cost = Calls.Price(call).Cost;

        Assert.Equal((0.00125m, 0.00125m, 0.00125m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound), Calls.Dollars(cost.UpperBound)));
    }

    [Fact]
    public void An_estimate_without_an_end_has_no_upper_bound()
    {
        var call = Calls.Call("claude-opus-5", Calls.Tokens(1_000, 0)) with
        {
            Outcome = CallOutcome.Canceled,
            Estimate = new TokenEstimate { OutputTokens = 20 },
        };

        var cost = Calls.Price(call).Cost;

        Assert.Equal(0.005m, Calls.Dollars(cost.LowerBound));
        Assert.Null(cost.UpperBound);
    }

    [Fact]
    public void A_cut_off_stream_that_told_its_output_is_measured()
    {
        var call = Calls.Call("claude-opus-5", Calls.Tokens(1_000, 100)) with { Outcome = CallOutcome.Canceled };

        Assert.Equal(CostBasis.Measured, Calls.Price(call).Cost.Basis);
    }

    [Fact]
    public void Output_that_nobody_knows_is_an_open_estimate()
    {
        var usage = new TokenUsage { InputTokens = 1_000 };

        var cost = Calls.Price(Calls.Call("claude-opus-5", usage) with { Outcome = CallOutcome.Interrupted }).Cost;

        Assert.Equal(CostBasis.Estimated, cost.Basis);
        Assert.Equal((0.005m, 0.005m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound)));
        Assert.Null(cost.UpperBound);
    }

    [Theory]
    [InlineData(CallOutcome.Timeout)]
    [InlineData(CallOutcome.Canceled)]
    [InlineData(CallOutcome.Interrupted)]
    public void A_call_without_any_answer_costs_what_was_estimated_and_perhaps_nothing(CallOutcome outcome)
    {
        var call = Calls.Call("claude-opus-5", null) with
        {
            HttpStatus = null,
            Outcome = outcome,
            Estimate = new TokenEstimate { InputTokens = 1_000 },
        };

        var cost = Calls.Price(call).Cost;

        Assert.Equal(CostBasis.Estimated, cost.Basis);
        Assert.Equal((0.005m, 0m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound)));
        Assert.Null(cost.UpperBound);
        Assert.Equal([CostMarks.InputUnknown, CostMarks.OutputEstimated], cost.Marks);
    }

    [Theory]
    [InlineData(CallOutcome.Success, 200)]
    [InlineData(CallOutcome.Timeout, null)]
    [InlineData(CallOutcome.Interrupted, null)]
    public void A_call_of_which_nothing_is_known_is_unpriced_and_not_free(CallOutcome outcome, int? status)
    {
        var breakdown = Calls.Price(Calls.Call("claude-opus-5", null) with { HttpStatus = status, Outcome = outcome });

        Assert.Equal(CostBasis.Unpriced, breakdown.Cost.Basis);
        Assert.Null(breakdown.Cost.Total);
        Assert.Equal([CostMarks.InputUnknown], breakdown.Cost.Marks);
        Assert.NotNull(breakdown.Reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(200)]
    public void A_failure_before_any_usage_is_most_likely_free_but_not_surely(int? status)
    {
        var call = Calls.Call("claude-opus-5", null) with { HttpStatus = status, Outcome = CallOutcome.Error };

        var cost = Calls.Price(call with { Estimate = new TokenEstimate { InputTokens = 10 } }).Cost;

        Assert.Equal(CostBasis.Estimated, cost.Basis);
        Assert.Equal((NanoUsd.Zero, NanoUsd.Zero), (cost.Total, cost.LowerBound));
        Assert.Null(cost.UpperBound);
        Assert.Equal([CostMarks.InputUnknown], cost.Marks);
    }

    [Theory]
    [InlineData(CallOutcome.Timeout, "0.01")]
    [InlineData(CallOutcome.Canceled, "0.01")]
    [InlineData(CallOutcome.Error, "0")]
    public void A_request_that_is_bounded_bounds_the_cost_at_the_dearest_classes(CallOutcome outcome, string total)
    {
        var call = Calls.Call("claude-opus-5", null) with
        {
            HttpStatus = null,
            Outcome = outcome,
            Estimate = new TokenEstimate { InputTokens = 2_000, InputTokensHigh = 4_909, OutputTokensLow = 0, OutputTokensHigh = 100 },
        };

        var cost = Calls.Price(call).Cost;

        // (4,909 written to the cache for an hour at $10 + 100 of output at $25) in a million, × 1.1 for a US workspace.
        Assert.Equal(0.0567490m, Calls.Dollars(cost.UpperBound));
        Assert.Equal((Calls.Number(total), 0m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound)));
    }

    [Theory]
    [InlineData(null, 100L)]
    [InlineData(4_000L, null)]
    public void A_request_with_one_open_side_has_no_upper_bound(long? input, long? output)
    {
        var call = Calls.Call("claude-opus-5", null) with
        {
            HttpStatus = null,
            Outcome = CallOutcome.Canceled,
            Estimate = new TokenEstimate { InputTokens = 2_000, InputTokensHigh = input, OutputTokensLow = 0, OutputTokensHigh = output },
        };

        Assert.Null(Calls.Price(call).Cost.UpperBound);
    }

    [Fact]
    public void An_interrupted_stream_is_bounded_by_the_requests_limit()
    {
        var call = Calls.Call("claude-opus-5", new TokenUsage { InputTokens = 1_000 }) with
        {
            Outcome = CallOutcome.Interrupted,
            Estimate = new TokenEstimate { OutputTokensLow = 0, OutputTokensHigh = 400 },
        };

        var cost = Calls.Price(call).Cost;

        Assert.Equal((0.005m, 0.005m, 0.015m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound), Calls.Dollars(cost.UpperBound)));
    }

    [Theory]
    [InlineData(CallOutcome.Error)]
    [InlineData(CallOutcome.Timeout)]
    public void What_was_never_sent_is_unbilled(CallOutcome outcome)
    {
        var nothing = new TokenEstimate { InputTokens = 0, InputTokensHigh = 0, OutputTokens = 0, OutputTokensLow = 0, OutputTokensHigh = 0 };

        var breakdown = Calls.Price(Calls.Call("claude-opus-5", null) with { HttpStatus = null, Outcome = outcome, Estimate = nothing });

        Assert.Equal((CostBasis.Unbilled, NanoUsd.Zero), (breakdown.Cost.Basis, breakdown.Cost.Total));
        Assert.Equal([CostMarks.NotSent], breakdown.Cost.Marks);
        Assert.Contains("nothing was sent", breakdown.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_tells_no_input_is_an_open_estimate()
    {
        var call = Calls.Call("claude-opus-5", new TokenUsage { OutputTokens = 100 }) with { Estimate = new TokenEstimate { InputTokens = 1_000 } };

        var cost = Calls.Price(call).Cost;

        Assert.Equal((0.0075m, 0.0025m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound)));
        Assert.Null(cost.UpperBound);
        Assert.Equal([CostMarks.InputUnknown], cost.Marks);
    }

    [Fact]
    public void An_answer_that_holds_zeros_costs_nothing_and_is_measured()
    {
        var breakdown = Calls.Price(Calls.Call("claude-opus-5", Calls.Tokens()));

        Assert.Equal(CostBasis.Measured, breakdown.Cost.Basis);
        Assert.Equal(NanoUsd.Zero, breakdown.Cost.Total);
        Assert.Empty(breakdown.Terms);
    }
}
