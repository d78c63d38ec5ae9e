using Telemetry.Handler.Estimating;
using Telemetry.Handler.Estimating.Calibrating;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating.Calibrating;

public sealed class CalibratorTests
{
    [Fact]
    public void A_prompt_that_goes_on_from_a_measured_one_is_told_from_the_difference()
    {
        var calibrator = new Calibrator();
        calibrator.Learn("sonnet-9", Sample(10_000, 12_345), [new PromptBeginning(1, 10_000)]);

        var (tokens, shared) = calibrator.Estimate("sonnet-9", Sample(10_100), [new PromptBeginning(2, 10_100), new PromptBeginning(1, 10_000)]);

        Assert.Equal(10_000, shared);
        Assert.InRange(tokens, 12_435, 12_475);
    }

    [Fact]
    public void The_same_prompt_has_the_same_tokens_again()
    {
        var calibrator = new Calibrator();
        calibrator.Learn("sonnet-9", Sample(17, 19), [new PromptBeginning(1, 17)]);

        Assert.Equal(19, calibrator.Estimate("sonnet-9", Sample(17), [new PromptBeginning(1, 17)]).Tokens, tolerance: 0.01);
    }

    [Fact]
    public void A_little_shared_says_nothing_of_much_that_is_not()
    {
        var calibrator = new Calibrator();
        calibrator.Learn("sonnet-9", Sample(5_000, 9_000), [new PromptBeginning(1, 100)]);

        Assert.Equal(0, calibrator.Estimate("sonnet-9", Sample(4_000), [new PromptBeginning(1, 100)]).Shared);
    }

    [Fact]
    public void A_model_learns_nothing_from_another()
    {
        var calibrator = new Calibrator();
        for (var i = 0; i < 20; i++)
        {
            calibrator.Learn("sonnet-9", Sample(1_000, 1_400), []);
        }

        Assert.Equal(1_000, calibrator.Estimate("opus-9", Sample(1_000), []).Tokens);
        Assert.InRange(calibrator.Estimate("sonnet-9", Sample(1_000), []).Tokens, 1_330, 1_410);
    }

    [Fact]
    public void Names_of_models_that_somebody_makes_up_fill_no_memory()
    {
        var calibrator = new Calibrator();
        for (var i = 0; i < 10_000; i++)
        {
            calibrator.Learn($"made-up-{i}", Sample(1_000, 1_400), [new PromptBeginning((UInt128)i, 1_000)]);
        }

        Assert.Equal(Correction.None, calibrator.Of("made-up-9999"));
    }

    [Fact]
    public void Learning_from_many_threads_harms_nothing()
    {
        var calibrator = new Calibrator();
        Parallel.For(0, 2_000, i =>
        {
            calibrator.Learn("sonnet-9", Sample(1_000 + i, 1_200 + (1.2 * i)), [new PromptBeginning((UInt128)(i % 50), 900)]);
            Assert.True(calibrator.Estimate("sonnet-9", Sample(1_000), [new PromptBeginning((UInt128)(i % 50), 900)]).Tokens > 0);
        });

        Assert.InRange(calibrator.Of("sonnet-9").Text, 1.1, 1.3);
    }

    private static CalibrationSample Sample(double text, double actual = 1) =>
        new(new SourceVector { [PromptSource.Messages] = text }, (long)actual);
}
