using CostReport.Cli.Charts.Svg;
using Xunit;

namespace CostReport.Cli.Tests.Charts;

public sealed class TextWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("i", 3.34)]
    [InlineData("W", 11.87)]
    [InlineData("$1,234.56", 61.06)]
    [InlineData("e\u0301", 7.38)]
    public void Each_letter_has_its_own_width(string text, double expected) => Assert.Equal(expected, TextWidth.Of(text), 0.3);

    [Theory]
    [InlineData("claude-opus-5-5")]
    [InlineData("$1,234.56 ÄÖÜß éñ")]
    public void Bold_is_wider(string text) => Assert.True(TextWidth.Of(text, bold: true) > TextWidth.Of(text));

    [Fact]
    public void What_is_shortened_fits_and_keeps_both_ends()
    {
        var random = new Random(11);
        string[] letters = ["a", "W", "m", ".", "é", "e\u0301", "模", "🙂", "\uD800", "ق", "\u0007", " "];
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => letters[random.Next(letters.Length)]));
            var width = random.Next(1, 300);

            var fitted = TextWidth.Fit(text, width);

            Assert.True(TextWidth.Of(fitted) <= width, $"{fitted} in {width}");
            if (fitted.Length > 0 && !string.Equals(fitted, text, StringComparison.Ordinal))
            {
                var parts = fitted.Split('…');
                Assert.StartsWith(parts[0], text, StringComparison.Ordinal);
                Assert.EndsWith(parts[^1], text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("claude-haiku-4-5-20251001", 120, "claude-h…0251001")]
    [InlineData("claude-haiku-4-5-20251001", 400, "claude-haiku-4-5-20251001")]
    [InlineData("🙂🙂🙂🙂🙂🙂", 70, "🙂🙂…🙂")]
    [InlineData("abc", 3, "")]
    public void A_name_is_shortened_in_its_middle(string text, double width, string expected) =>
        Assert.Equal(expected, TextWidth.Fit(text, width));
}
