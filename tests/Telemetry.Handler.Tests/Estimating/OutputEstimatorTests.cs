using Telemetry.Handler.Estimating;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating;

public sealed class OutputEstimatorTests
{
    private const string Model = "claude-opus-4-6";

    [Fact]
    public void Text_is_counted_by_its_bytes_within_bounds()
    {
        var estimate = OutputEstimator.Estimate(Text(4_200), Model, new OutputLimit(8_192));

        Assert.Equal((1_000, 646, 2_800 + 512), (estimate.OutputTokens, estimate.OutputTokensLow, estimate.OutputTokensHigh));
        Assert.Equal("bytes", estimate.Tokenizer);
        Assert.Null(estimate.InputTokens);
    }

    [Fact]
    public void Newer_models_use_more_tokens_for_the_same_text()
    {
        Assert.True(
            OutputEstimator.Estimate(Text(4_200), "claude-opus-5", default).OutputTokens > OutputEstimator.Estimate(Text(4_200), Model, default).OutputTokens);
    }

    [Fact]
    public void Nothing_received_may_still_have_been_billed()
    {
        var estimate = OutputEstimator.Estimate(default, Model, default);

        Assert.Equal((0, 0, 512), (estimate.OutputTokens, estimate.OutputTokensLow, estimate.OutputTokensHigh));
    }

    [Fact]
    public void The_requests_limit_bounds_everything()
    {
        var estimate = OutputEstimator.Estimate(Text(100_000), Model, new OutputLimit(100));

        Assert.Equal((100, 100, 100), (estimate.OutputTokens, estimate.OutputTokensLow, estimate.OutputTokensHigh));
    }

    [Fact]
    public void Thinking_that_is_hidden_or_summarised_is_bounded_by_the_limit_alone()
    {
        var hidden = Text(420) with { IsThinkingHidden = true };
        var shown = Text(420) with { ThinkingBytes = 10 };

        Assert.Equal(32_000, OutputEstimator.Estimate(hidden, Model, new OutputLimit(32_000)).OutputTokensHigh);
        Assert.Equal(32_000, OutputEstimator.Estimate(shown, Model, new OutputLimit(32_000)).OutputTokensHigh);
        Assert.Null(OutputEstimator.Estimate(hidden, Model, default).OutputTokensHigh);
    }

    [Fact]
    public void What_may_have_been_written_unseen_grows_with_the_time()
    {
        var soon = OutputEstimator.Estimate(Text(420), Model, new OutputLimit(8_192));
        var late = OutputEstimator.Estimate(Text(420), Model, new OutputLimit(8_192, TimeSpan.FromSeconds(10)));

        Assert.Equal(10 * OutputEstimator.MostTokensPerSecond, late.OutputTokensHigh - soon.OutputTokensHigh);
        Assert.Equal((soon.OutputTokens, soon.OutputTokensLow), (late.OutputTokens, late.OutputTokensLow));
    }

    [Fact]
    public void An_answer_that_is_billed_whole_is_bounded_by_the_limit_alone()
    {
        Assert.Equal(8_192, OutputEstimator.Estimate(Text(420), Model, new OutputLimit(8_192, IsBilledWhole: true)).OutputTokensHigh);
        Assert.Null(OutputEstimator.Estimate(Text(420), Model, new OutputLimit(null, IsBilledWhole: true)).OutputTokensHigh);
    }

    [Fact]
    public void Work_of_the_server_has_no_bound() =>
        Assert.Null(OutputEstimator.Estimate(Text(420), Model, new OutputLimit(8_192, IsOpen: true)).OutputTokensHigh);

    [Fact]
    public void Thinking_tokens_that_the_stream_tells_go_before_the_bytes()
    {
        var told = Text(420) with { IsThinkingHidden = true, ThinkingTokens = 5_000 };

        Assert.Equal(5_100, OutputEstimator.Estimate(told, Model, new OutputLimit(32_000)).OutputTokens);
    }

    [Fact]
    public void A_tool_call_costs_more_than_its_input()
    {
        var call = new OutputReceived(0, 0, 315, 1, false, null);

        Assert.Equal(139, OutputEstimator.Estimate(call, Model, default).OutputTokens);
    }

    [Fact]
    public void The_estimate_lies_between_its_bounds_and_grows_with_what_was_received()
    {
        var random = new Random(5);
        for (var i = 0; i < 10_000; i++)
        {
            var received = new OutputReceived(
                random.Next(100_000), random.Next(2) * random.Next(50_000), random.Next(10_000), random.Next(5), random.Next(4) == 0, random.Next(3) == 0 ? random.Next(9_000) : null);
            long? limit = random.Next(2) == 0 ? null : random.Next(1, 64_000);

            var estimate = OutputEstimator.Estimate(received, Model, new OutputLimit(limit));
            var more = OutputEstimator.Estimate(received with { TextBytes = received.TextBytes + 100 }, Model, new OutputLimit(limit));

            Assert.InRange(estimate.OutputTokens!.Value, estimate.OutputTokensLow!.Value, estimate.OutputTokensHigh ?? long.MaxValue);
            Assert.True(more.OutputTokens >= estimate.OutputTokens && more.OutputTokensLow >= estimate.OutputTokensLow);
            Assert.True(limit is null || estimate.OutputTokensHigh <= limit);
        }
    }

    private static OutputReceived Text(long bytes) => new(bytes, 0, 0, 0, false, null);
}
