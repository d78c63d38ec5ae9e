using Telemetry.Handler.Estimating;
using Telemetry.Handler.Estimating.Calibrating;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating.Calibrating;

public sealed class ModelHistoryTests
{
    [Fact]
    public void Nothing_is_corrected_before_anything_was_measured()
    {
        var history = new ModelHistory();

        Assert.Equal(Correction.None, history.Correction);
        Assert.Equal(110, history.Correction.Total(Sample(text: 100, actual: 1)));
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.3)]
    public void A_tokenizer_that_is_off_by_a_factor_is_learned_from_a_few_calls(double factor)
    {
        var history = new ModelHistory();
        foreach (var size in (double[])[2_000, 5_000, 900, 3_000, 1_500])
        {
            history.Add(Sample(size, actual: 10 + (size * factor)));
        }

        var next = Sample(4_000, actual: 1);
        Assert.InRange(history.Correction.Total(next) / (10 + (4_000 * factor)), 0.95, 1.05);
    }

    [Fact]
    public void A_prompt_that_a_gateway_adds_to_each_call_is_learned_from_a_few_calls()
    {
        var history = new ModelHistory();
        foreach (var size in (double[])[20, 500, 40, 300, 100, 60])
        {
            history.Add(Sample(size, actual: 10 + size + 7_500));
        }

        Assert.InRange(history.Correction.Total(Sample(1_000, actual: 1)), 8_000, 9_000);
        Assert.InRange(history.Correction.Plain, 7_300, 7_600);
    }

    [Fact]
    public void A_tool_prompt_that_changed_moves_calls_with_tools_alone()
    {
        var history = new ModelHistory();
        for (var i = 0; i < 6; i++)
        {
            history.Add(Sample(text: 50 + i, tools: 100, overhead: 506, actual: 50 + i + 100 + 506 - 190));
            history.Add(Sample(text: 200 + i, actual: 210 + i));
        }

        Assert.InRange(history.Correction.Total(Sample(text: 60, tools: 100, overhead: 506, actual: 1)), 465, 500);
        Assert.InRange(history.Correction.Total(Sample(text: 300, actual: 1)), 300, 320);
    }

    [Fact]
    public void One_odd_call_among_good_ones_moves_nothing()
    {
        var history = new ModelHistory();
        for (var i = 0; i < 10; i++)
        {
            history.Add(Sample(1_000 + i, actual: 1_010 + i));
        }

        var before = history.Correction.Total(Sample(1_500, actual: 1));
        history.Add(Sample(1_000, actual: 40_000));

        Assert.Equal(before, history.Correction.Total(Sample(1_500, actual: 1)), tolerance: 1);
    }

    [Fact]
    public void What_is_learned_stays_within_bounds_whatever_is_measured()
    {
        var random = new Random(7);
        var history = new ModelHistory();
        for (var i = 0; i < 2_000; i++)
        {
            history.Add(Sample(random.Next(0, 100_000), random.Next(0, 3) * 1_000, 300, random.Next(1, 1_000_000)));
            var correction = history.Correction;
            Assert.InRange(correction.Text, 0.6, 1.7);
            Assert.InRange(correction.Tools, 0.6, 1.7);
            Assert.InRange(correction.Plain, -700, 50_000);
            Assert.InRange(correction.WithTools, -700, 50_000);
        }
    }

    [Fact]
    public void A_provider_that_changes_is_followed()
    {
        var history = new ModelHistory();
        for (var i = 0; i < 200; i++)
        {
            history.Add(Sample(1_000 + i, actual: 1_010 + i));
        }

        for (var i = 0; i < ModelHistory.Kept; i++)
        {
            history.Add(Sample(1_000 + i, actual: 10 + ((1_000 + i) * 1.25)));
        }

        Assert.InRange(history.Correction.Total(Sample(2_000, actual: 1)), 2_400, 2_600);
    }

    [Fact]
    public void Its_error_is_what_nine_of_ten_stayed_below()
    {
        var history = new ModelHistory();
        for (var i = 0; i < 7; i++)
        {
            history.Add(Sample(1_000, actual: 1_010));
            Assert.Null(history.Correction.Error);
        }

        for (var i = 0; i < 30; i++)
        {
            history.Add(Sample(1_000, actual: 1_010));
        }

        Assert.Equal(0, history.Correction.Error!.Value, tolerance: 0.001);
    }

    private static CalibrationSample Sample(double text, double tools = 0, double overhead = 10, double actual = 1) => new(
        new SourceVector
        {
            [PromptSource.Messages] = text,
            [PromptSource.Tools] = tools,
            [PromptSource.Overhead] = overhead,
        },
        (long)actual);

    private static CalibrationSample Sample(double text, double actual) => Sample(text, 0, 10, actual);
}
