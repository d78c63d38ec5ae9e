using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

public sealed class IterationTests
{
    [Fact]
    public void Compaction_is_billed_beside_the_counts_at_the_top()
    {
        var usage = Calls.Tokens(220, 8) with
        {
            Iterations = [Calls.Iteration("compaction", 55_196, 125), Calls.Iteration("message", 220, 8)],
        };

        var breakdown = Calls.Price(Calls.Call("claude-sonnet-4-6", usage));

        // (55196 + 220) x 3 + (125 + 8) x 15 dollars per million
        Assert.Equal(new NanoUsd(166_248_000 + 1_995_000), breakdown.Cost.Total);
        Assert.Equal(CostBasis.Measured, breakdown.Cost.Basis);
        Assert.Empty(breakdown.Cost.Marks);
    }

    [Fact]
    public void An_advisor_is_billed_at_its_own_models_price()
    {
        var usage = Calls.Tokens(2_390, 121) with
        {
            Iterations =
            [
                Calls.Iteration("message", 1_128, 110),
                Calls.Iteration("advisor_message", 2_518, 22, "claude-opus-4-8"),
                Calls.Iteration("message", 1_262, 11),
            ],
        };

        var breakdown = Calls.Price(Calls.Call("claude-sonnet-5", usage, "2026-08-01"));

        // Sonnet 5: 2390 x 2 + 121 x 10; Opus 4.8: 2518 x 5 + 22 x 25
        Assert.Equal(new NanoUsd(4_780_000 + 1_210_000 + 12_590_000 + 550_000), breakdown.Cost.Total);
        Assert.Equal("input input input output output output", string.Join(' ', breakdown.Terms.Select(term => term.Class)));
        Assert.Equal("claude-opus-4-8 anthropic from 2026-05-28; advisor_message 2", breakdown.Terms[1].Source);
        Assert.Equal("advisor_message 2", breakdown.Terms[1].Part);
        Assert.Equal(new CostByClass { Input = new(12_590_000), Output = new(550_000) }, breakdown.CostOf("advisor_message"));
        Assert.Equal(breakdown.Cost.ByClass - breakdown.CostOf("advisor_message"), breakdown.CostOf("message"));
        Assert.Equal(default, breakdown.CostOf("advisor"));
    }

    [Fact]
    public void Without_iterations_nothing_is_theirs()
    {
        var breakdown = Calls.Price(Calls.Call("claude-sonnet-4-6", Calls.Tokens(220, 8)));

        Assert.All(breakdown.Terms, term => Assert.Null(term.Part));
        Assert.Equal(default, breakdown.CostOf("message"));
    }

    [Fact]
    public void A_part_of_a_class_is_never_more_than_the_class()
    {
        // 1.5 nano-dollars round to 2 as a class, half a nano-dollar of compaction to nothing.
        var book = SmallBook.With("\"input\": 3, \"output\": 15", "\"input\": 0.0005, \"output\": 15");
        var usage = Calls.Tokens(2, 0) with { Iterations = [Calls.Iteration("compaction", 1, 0), Calls.Iteration("message", 2, 0)] };

        var breakdown = book.Price(Calls.Call("claude-test-1", usage));

        Assert.True(breakdown.CostOf("compaction").Input <= breakdown.Cost.ByClass!.Value.Input);
    }

    [Fact]
    public void A_class_over_many_iterations_is_rounded_once()
    {
        // Three times half a nano-dollar: 1 token at 0.0005 dollars per million each.
        var book = SmallBook.With("\"input\": 3, \"output\": 15", "\"input\": 0.0005, \"output\": 15");
        var usage = Calls.Tokens(3, 0) with
        {
            Iterations = [Calls.Iteration("message", 1, 0), Calls.Iteration("message", 1, 0), Calls.Iteration("message", 1, 0)],
        };

        var breakdown = book.Price(Calls.Call("claude-test-1", usage));

        Assert.Equal(new NanoUsd(2), breakdown.Cost.ByClass!.Value.Input);
        Assert.Equal(1.5m, breakdown.Terms.Sum(term => term.ExactNanoUsd));
    }

    [Fact]
    public void A_declined_hop_before_a_fallback_is_not_billed()
    {
        var usage = Calls.Tokens(31, 547) with
        {
            Iterations = [Calls.Iteration("message", 31, 0, "claude-fable-5"), Calls.Iteration("fallback_message", 31, 547, "claude-opus-4-8")],
        };

        var breakdown = Calls.Price(Calls.Call("claude-opus-4-8", usage) with { ModelRequested = "claude-fable-5" });

        Assert.Equal(new NanoUsd(155_000 + 13_675_000), breakdown.Cost.Total);
        Assert.Equal([CostMarks.DeclinedFallbackUnbilled], breakdown.Cost.Marks);
    }

    [Fact]
    public void A_hop_that_declined_after_output_is_billed_at_the_model_asked_for()
    {
        var usage = Calls.Tokens(31, 547) with
        {
            Iterations = [Calls.Iteration("message", 31, 10), Calls.Iteration("fallback_message", 31, 547, "claude-opus-4-8")],
        };

        var breakdown = Calls.Price(Calls.Call("claude-opus-4-8", usage) with { ModelRequested = "claude-fable-5" });

        // Fable 5: 31 x 10 + 10 x 50; Opus 4.8: 31 x 5 + 547 x 25
        Assert.Equal(new NanoUsd(310_000 + 500_000 + 155_000 + 13_675_000), breakdown.Cost.Total);
        Assert.Empty(breakdown.Cost.Marks);
    }

    [Fact]
    public void When_all_hops_declined_only_the_last_can_be_billed()
    {
        var usage = Calls.Tokens(1_000, 0) with
        {
            Iterations = [Calls.Iteration("message", 1_000, 0, "claude-fable-5"), Calls.Iteration("fallback_message", 1_000, 0, "claude-opus-4-8")],
        };

        var breakdown = Calls.Price(Calls.Call("claude-opus-4-8", usage));

        Assert.Equal(0.005m, Calls.Dollars(breakdown.Cost.Total));
    }

    [Fact]
    public void An_iteration_on_an_unknown_model_is_left_out_and_named()
    {
        var usage = Calls.Tokens(1_000, 0) with
        {
            Iterations = [Calls.Iteration("message", 1_000, 0), Calls.Iteration("advisor_message", 500, 5, "claude-unheard-of-9")],
        };

        var breakdown = Calls.Price(Calls.Call("claude-opus-5", usage));

        Assert.Equal(CostBasis.Estimated, breakdown.Cost.Basis);
        Assert.Equal(0.005m, Calls.Dollars(breakdown.Cost.Total));
        Assert.Equal(breakdown.Cost.Total, breakdown.Cost.LowerBound);
        Assert.Null(breakdown.Cost.UpperBound);
        Assert.Equal([CostMarks.IterationUnpriced], breakdown.Cost.Marks);
        Assert.Contains("claude-unheard-of-9", breakdown.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_iteration_is_held_against_the_threshold_and_the_sum_is_the_upper_bound()
    {
        var usage = Calls.Tokens(120_000, 0) with
        {
            Iterations = [Calls.Iteration("message", 60_000, 0), Calls.Iteration("message", 60_000, 0)],
        };

        var cost = Calls.Price(Calls.Call("claude-haiku-5-5", usage)).Cost;

        Assert.Equal(CostBasis.Estimated, cost.Basis);
        Assert.Equal((0.012m, 0.012m, 0.06m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound), Calls.Dollars(cost.UpperBound)));
        Assert.Equal([CostMarks.BandUncertain], cost.Marks);
    }

    [Theory]
    [InlineData(40_000, 40_000)]
    [InlineData(150_000, 160_000)]
    public void Where_both_readings_of_the_threshold_agree_the_cost_is_measured(long first, long second)
    {
        var usage = Calls.Tokens(first + second, 0) with
        {
            Iterations = [Calls.Iteration("message", first, 0), Calls.Iteration("message", second, 0)],
        };

        Assert.Equal(CostBasis.Measured, Calls.Price(Calls.Call("claude-haiku-5-5", usage)).Cost.Basis);
    }

    [Fact]
    public void A_compaction_does_not_lift_the_answer_over_the_threshold()
    {
        var usage = Calls.Tokens(1_000, 0) with
        {
            Iterations = [Calls.Iteration("compaction", 150_000, 0), Calls.Iteration("message", 1_000, 0)],
        };

        var cost = Calls.Price(Calls.Call("claude-haiku-5-5", usage)).Cost;

        Assert.Equal(0.075m + 0.0001m, Calls.Dollars(cost.Total));
        Assert.Equal(CostBasis.Measured, cost.Basis);
    }

    [Fact]
    public void Iterations_that_contradict_the_top_are_priced_with_both_as_bounds()
    {
        var usage = Calls.Tokens(2_000, 0) with { Iterations = [Calls.Iteration("message", 1_000, 0)] };

        var cost = Calls.Price(Calls.Call("claude-opus-5", usage)).Cost;

        Assert.Equal(CostBasis.Estimated, cost.Basis);
        Assert.Equal((0.005m, 0.005m, 0.01m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound), Calls.Dollars(cost.UpperBound)));
        Assert.Equal([CostMarks.IterationsDisagree], cost.Marks);
    }

    [Fact]
    public void A_compaction_alone_is_added_to_the_counts_at_the_top()
    {
        var usage = Calls.Tokens(100, 0) with { Iterations = [Calls.Iteration("compaction", 1_000, 0)] };

        Assert.Equal(0.0055m, Calls.Dollars(Calls.Price(Calls.Call("claude-opus-5", usage)).Cost.Total));
    }

    [Fact]
    public void An_advisor_of_a_fast_call_may_be_fast_too()
    {
        var usage = Calls.Tokens(1_000, 0) with
        {
            Speed = "fast",
            Iterations = [Calls.Iteration("message", 1_000, 0), Calls.Iteration("advisor_message", 1_000, 0, "claude-opus-4-8")],
        };

        var cost = Calls.Price(Calls.Call("claude-opus-5", usage)).Cost;

        Assert.Equal((0.015m, 0.015m, 0.02m), (Calls.Dollars(cost.Total), Calls.Dollars(cost.LowerBound), Calls.Dollars(cost.UpperBound)));
        Assert.Equal([CostMarks.FastPriceUnknown], cost.Marks);
    }
}
