using CostReport.Cli.Arguments;
using CostReport.Cli.Live;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Live;

public sealed class LiveQuestionTests
{
    [Fact]
    public void A_period_moves_with_the_clock()
    {
        var time = new SteppingTime(Sample.Now, waits: int.MaxValue);
        var question = new LiveQuestion(CommandLine.Parse(["watch", "--since", "1h"]), time, "today");

        Assert.Equal(Sample.Now.AddHours(-1), question.Now().Period.Since);
        time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(Sample.Now.AddMinutes(-50), question.Now().Filter.Since);
    }

    [Theory]
    [InlineData(new string[0], "2026-11-20")]
    [InlineData(new[] { "--since", "2026-11-01" }, "2026-11-01")]
    [InlineData(new[] { "--until", "2026-11-01" }, null)]
    public void A_period_that_is_given_is_kept(string[] words, string? since)
    {
        var question = new LiveQuestion(CommandLine.Parse(["watch", .. words]), new FixedTime(Sample.Now), "today");

        Assert.Equal(since, question.Now().Period.Since?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("2m", 120)]
    [InlineData("60m", 3600)]
    public void The_time_between_looks_is_seconds_or_minutes(string text, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), new LiveQuestion(CommandLine.Parse(["watch", "--every", text]), new FixedTime(Sample.Now), "today").Every);
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("61m")]
    [InlineData("2")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("2147483647m")]
    [InlineData("99999999999999999999s")]
    public void Another_time_is_refused(string text)
    {
        var error = Assert.Throws<UserError>(() => new LiveQuestion(CommandLine.Parse(["watch", "--every", text]), new FixedTime(Sample.Now), "today"));

        Assert.Contains("from 1s to 60m", error.Message, StringComparison.Ordinal);
    }
}
