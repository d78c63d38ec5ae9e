using CostReport.Cli.Html.Tables;
using Xunit;

namespace CostReport.Cli.Tests.Html;

/// <summary>Figures written for people are sorted by what they mean.</summary>
public sealed class SpokenNumberTests
{
    [Theory]
    [InlineData("$1,234.50", "1234.5")]
    [InlineData("-$0.25", "-0.25")]
    [InlineData("~$0.001", "0.001")]
    [InlineData("<$0.01", "0.01")]
    [InlineData("12.3%", "12.3")]
    [InlineData("812 ms", "0.812")]
    [InlineData("4.21 s", "4.21")]
    [InlineData("3 min 05 s", "185")]
    [InlineData("2 h 10 min", "7800")]
    [InlineData("3.5 days", "302400")]
    [InlineData("1.5 KiB", "1536")]
    [InlineData("-", "")]
    [InlineData("", "")]
    [InlineData("unpriced", "")]
    public void A_number_is_found_with_its_unit(string text, string expected) => Assert.Equal(expected, SpokenNumber.Of(text));
}
