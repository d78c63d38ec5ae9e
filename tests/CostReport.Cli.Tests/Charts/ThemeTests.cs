using CostReport.Cli.Charts.Svg;
using Xunit;

namespace CostReport.Cli.Tests.Charts;

public sealed class ThemeTests
{
    private const double LeastForShapes = 3;
    private const double LeastForText = 4.5;
    private const double LeastDistance = 0.075;

    // How the three kinds of colour blindness see light, and how the others do: Machado, Oliveira and Fernandes, 2009, at full strength.
    private static readonly double[][] s_eyes =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    ];

    public static TheoryData<bool> Themes => [false, true];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Series_stand_out_from_the_page(bool isDark)
    {
        var theme = isDark ? Theme.Dark : Theme.Light;

        Assert.Equal(StyleSheet.SeriesCount, theme.Series.Count);
        Assert.All(theme.Series, c => Assert.True(Colour.Contrast(c, theme.Page) >= LeastForShapes, c));
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Text_can_be_read_on_the_page_and_on_every_colour(bool isDark)
    {
        var theme = isDark ? Theme.Dark : Theme.Light;

        Assert.All(new[] { theme.Ink, theme.Soft }, ink => Assert.True(Colour.Contrast(ink, theme.Page) >= LeastForText, ink));
        Assert.All(theme.Series.Concat(theme.Heat), c => Assert.True(Colour.Contrast(Theme.InkOn(c), c) >= LeastForText, $"{c} {Colour.Contrast(Theme.InkOn(c), c)}"));
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Series_remain_apart_for_the_colour_blind(bool isDark)
    {
        var series = (isDark ? Theme.Dark : Theme.Light).Series;

        for (var i = 0; i < series.Count; i++)
        {
            for (var j = i + 1; j < series.Count; j++)
            {
                Assert.All(s_eyes, eye => Assert.True(Distance(series[i], series[j], eye) >= LeastDistance, $"{series[i]} {series[j]}: {Distance(series[i], series[j], eye)}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void More_heat_stands_out_more(bool isDark)
    {
        var theme = isDark ? Theme.Dark : Theme.Light;
        var contrasts = theme.Heat.Select(c => Colour.Contrast(c, theme.Page)).ToList();

        Assert.Equal(StyleSheet.HeatCount, theme.Heat.Count);
        Assert.All(contrasts.Zip(contrasts.Skip(1)), pair => Assert.True(pair.Second >= pair.First * 1.25, $"{pair}"));
    }

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#ffffff", "#ffffff", 1)]
    public void Contrast_is_that_of_WCAG(string one, string other, double expected)
    {
        Assert.Equal(expected, Colour.Contrast(one, other), 2);
        Assert.Equal(expected, Colour.Contrast(other, one), 2);
    }

    // Euclid's in Oklab (https://bottosson.github.io/posts/oklab/).
    private static double Distance(string one, string other, double[] eye)
    {
        var (a, b) = (Lab(one, eye), Lab(other, eye));
        return Math.Sqrt(a.Zip(b).Sum(p => (p.First - p.Second) * (p.First - p.Second)));
    }

    private static double[] Lab(string hex, double[] eye)
    {
        var seen = Times(eye, [Colour.Part(hex, 1), Colour.Part(hex, 3), Colour.Part(hex, 5)]).Select(v => Math.Max(0, v)).ToArray();
        var cones = Times([0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005], seen);
        return Times(
            [0.2104542553, 0.7936177850, -0.0040720468, 1.9779984951, -2.4285922050, 0.4505937099, 0.0259040371, 0.7827717662, -0.8086757660],
            [.. cones.Select(Math.Cbrt)]);
    }

    private static double[] Times(double[] matrix, double[] vector) =>
        [.. Enumerable.Range(0, 3).Select(row => (matrix[3 * row] * vector[0]) + (matrix[(3 * row) + 1] * vector[1]) + (matrix[(3 * row) + 2] * vector[2]))];
}
