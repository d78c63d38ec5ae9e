using CostReport.Cli.Charts;
using Xunit;

namespace CostReport.Cli.Tests.Charts;

public sealed class BarTextTests
{
    [Theory]
    [InlineData(0.0, "")]
    [InlineData(double.NaN, "")]
    [InlineData(0.0001, "▏")]
    [InlineData(0.5, "█████")]
    [InlineData(0.55, "█████▌")]
    [InlineData(1.0, "██████████")]
    [InlineData(7.0, "██████████")]
    public void What_is_not_zero_never_looks_like_zero(double share, string expected) =>
        Assert.Equal(expected, BarText.Horizontal(share, 10, ascii: false));

    [Theory]
    [InlineData(0, 1, "██████████")]
    [InlineData(0.5, 0.5, "     █████")]
    [InlineData(1, 0.001, "         █")]
    [InlineData(0.3, 0, "   ▏")]
    public void A_phase_begins_where_the_one_before_ends(double start, double share, string expected) =>
        Assert.Equal(expected, BarText.Floating(start, share, 10, ascii: false));
}
