using CostLedger.Records;
using CostReport.Cli.Documents;
using Xunit;

namespace CostReport.Cli.Tests.Output;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, 2, "$0.00")]
    [InlineData(1_234_567_890_123, 2, "$1,234.57")]
    [InlineData(4_999_999, 2, "<$0.01")]
    [InlineData(5_000_000, 2, "$0.01")]
    [InlineData(-1_500_000_000, 2, "-$1.50")]
    [InlineData(-1, 6, ">-$0.000001")]
    [InlineData(1, 6, "<$0.000001")]
    [InlineData(long.MaxValue, 2, "$9,223,372,036.85")]
    [InlineData(long.MinValue, 2, "-$9,223,372,036.85")]
    public void Money_that_is_not_zero_never_looks_like_zero(long nano, int places, string expected) =>
        Assert.Equal(expected, Figures.Money(new NanoUsd(nano), places));

    [Theory]
    [InlineData(0.0000004, "<$0.000001")]
    [InlineData(0.05, "$0.050000")]
    [InlineData(0.5, "$0.5000")]
    [InlineData(5, "$5.0000")]
    [InlineData(50, "$50.00")]
    public void Small_amounts_get_more_places(double dollars, string expected) =>
        Assert.Equal(expected, Figures.Money(new NanoUsd((long)(dollars * NanoUsd.PerDollar))));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.25, "0.25 ms")]
    [InlineData(812, "812 ms")]
    [InlineData(999.4, "999 ms")]
    [InlineData(999.6, "1.00 s")]
    [InlineData(4210, "4.21 s")]
    [InlineData(185_000, "3 min 05 s")]
    [InlineData(5_400_000, "1 h 30 min")]
    [InlineData(86_400_000, "24 h")]
    [InlineData(604_800_000, "7 days")]
    public void Times_have_the_unit_that_suits_them(double milliseconds, string expected) =>
        Assert.Equal(expected, Figures.Duration(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(5, 1_000_000, "$5.00/M")]
    [InlineData(10, 1000, "$10.00/k")]
    [InlineData(0.03125, 1_000_000, "$0.03125/M")]
    public void Prices_lose_no_digit(double dollars, long per, string expected) => Assert.Equal(expected, Figures.Price((decimal)dollars, per));

    [Fact]
    public void The_effective_price_is_cost_by_tokens()
    {
        Assert.Equal("5.0000", Figures.PricePerMillion(new NanoUsd(5_000), 1));
        Assert.Equal("-", Figures.PricePerMillion(new NanoUsd(5_000), 0));
        Assert.Equal("-", Figures.Percent(1, 0));
        Assert.Equal("12.3%", Figures.Percent(0.1234m, 1));
        Assert.Equal("<0.1%", Figures.Percent(6, 102_032));
        Assert.Equal("0.0%", Figures.Percent(0, 1));
        Assert.Equal("<0.1%", Figures.Percent(0.0004m, 1));
        Assert.Equal("0.1%", Figures.Percent(0.0005m, 1));
        Assert.Equal(">-0.1%", Figures.Percent(-0.0004m, 1));
        Assert.Equal("99.9%", Figures.Percent(0.9994m, 1));
        Assert.Equal(">99.9%", Figures.Percent(0.9996m, 1));
        Assert.Equal("100.0%", Figures.Percent(1, 1));
        Assert.Equal("0.0%", Figures.Change(0.0004m, 1));
    }
}
