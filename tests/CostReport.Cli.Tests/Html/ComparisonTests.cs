using CostLedger.Records;
using CostReport.Cli.Html.Sections;
using Xunit;

namespace CostReport.Cli.Tests.Html;

/// <summary>Two amounts in words that fit a headline.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData(131, 100, "31% more than", "+31%")]
    [InlineData(88, 100, "12% less than", "−12%")]
    [InlineData(1023, 1000, "2.3% more than", "+2.3%")]
    [InlineData(1001, 1000, "about as much as", "+0.1%")]
    [InlineData(100, 100, "exactly as much as", "±0%")]
    [InlineData(420, 100, "4.2 times", "+320%")]
    [InlineData(1_200_000, 1, "1,200,000 times", "+119,999,900%")]
    [InlineData(0, 100, "100% less than", "−100%")]
    [InlineData(5, 0, "", "new")]
    [InlineData(0, 0, "", "–")]
    public void Amounts_are_compared_by_words_and_by_a_figure(long now, long before, string words, string figure)
    {
        Assert.Equal(words, Comparison.Of(new NanoUsd(now), new NanoUsd(before)));
        Assert.Equal(figure, Comparison.Change(new NanoUsd(now), new NanoUsd(before)));
    }

    [Theory]
    [InlineData(0, 10, "0%")]
    [InlineData(1, 100_000, "<0.1%")]
    [InlineData(3, 100, "3%")]
    [InlineData(34, 1000, "3.4%")]
    [InlineData(2, 3, "67%")]
    [InlineData(99_999, 100_000, ">99.9%")]
    [InlineData(10, 10, "100%")]
    [InlineData(1, 0, "0%")]
    public void A_part_of_nearly_all_is_not_all(long part, long whole, string expected) => Assert.Equal(expected, Comparison.Percent(part, whole));
}
