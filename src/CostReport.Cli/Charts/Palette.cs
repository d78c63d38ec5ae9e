using System.Globalization;
using System.Text;

namespace CostReport.Cli.Charts;

/// <summary>
/// Colours that remain apart for the colour-blind (after Okabe and Ito, https://jfly.uni-koeln.de/color/), for a light and for
/// a dark page. A picture names classes; the page's preference picks the set.
/// </summary>
internal static class Palette
{
    private static readonly string[] Light =
        ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#6a4c93", "#56b4e9", "#8a8f98"];

    private static readonly string[] Dark =
        ["#4aa3df", "#f0b440", "#2fc49a", "#e39cc5", "#f27f45", "#ab90dd", "#a5dcfb", "#9aa0aa"];

    /// <summary>The style sheet.</summary>
    public static string Css { get; } = Build();

    private static string Build()
    {
        var css = new StringBuilder();
        css.Append("text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;font-variant-numeric:tabular-nums}");
        css.Append(".h{font-size:16px;font-weight:600}.e{font-size:14px}.r{text-anchor:end}.c{text-anchor:middle}");
        css.Append(".hit{fill:transparent}.g{stroke-width:1}.col:hover .hit{fill:currentColor;fill-opacity:.06}");
        Theme(css, "#ffffff", "#1b1f24", "#5b636d", "#e3e6ea", Light);
        css.Append("@media(prefers-color-scheme:dark){");
        Theme(css, "#14171b", "#e8eaed", "#a3abb5", "#2c3238", Dark);
        return css.Append('}').ToString();
    }

    private static void Theme(StringBuilder css, string page, string ink, string soft, string line, string[] series)
    {
        css.Append(CultureInfo.InvariantCulture, $".bg{{fill:{page}}}svg{{color:{ink}}}text{{fill:{ink}}}.s{{fill:{soft}}}.g{{stroke:{line}}}.b{{stroke:{soft}}}");
        for (var i = 0; i < series.Length; i++)
        {
            css.Append(CultureInfo.InvariantCulture, $".s{i}{{fill:{series[i]}}}");
        }
    }
}
