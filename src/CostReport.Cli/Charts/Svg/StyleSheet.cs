using System.Globalization;
using System.Text;

namespace CostReport.Cli.Charts.Svg;

/// <summary>
/// What the classes of a picture look like. Every rule is for what is inside <c>.cr</c>, so that a page can hold pictures, and a
/// picture's own style sheet does not reach the page around it.
/// </summary>
internal static class StyleSheet
{
    /// <summary>How many series can be told apart; the last colour is for the rest.</summary>
    public const int SeriesCount = 8;

    /// <summary>How many steps a map of heat has.</summary>
    public const int HeatCount = 6;

    private const string Fixed =
        ".cr{max-width:100%}" +
        ".cr text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,'DejaVu Sans',sans-serif;font-variant-numeric:tabular-nums}" +
        ".cr .h{font-size:16px;font-weight:600}.cr .e{font-size:14px}.cr .n{font-weight:600}.cr .m{font-size:10px}.cr .r{text-anchor:end}.cr .c{text-anchor:middle}" +
        ".cr .hit{fill:none;pointer-events:all}.cr .guide{opacity:0}.cr .col:hover .guide{opacity:1}.cr .col:hover .hit{fill:#808890;fill-opacity:.13}" +
        ".cr .l{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.cr .thin{stroke-width:1.25}.cr .dash{stroke-dasharray:5 4}" +
        ".cr .area{stroke:none;fill-opacity:.16}.cr .band{stroke:none;fill-opacity:.26}.cr .pale{fill-opacity:.45}" +
        ".cr .hole{fill:none;stroke-dasharray:2 2}.cr .net{stroke-width:2}.cr .halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}";

    /// <summary>For a picture that stands alone. The colours are written out: not every rasteriser knows variables.</summary>
    public static string Alone { get; } =
        Fixed + Rules(Colors(Theme.Light)) + "@media(prefers-color-scheme:dark){" + Rules(Colors(Theme.Dark)) + "}";

    /// <summary>
    /// For a page with pictures drawn without a style sheet. The colours are the variables <c>--cr-page</c>, <c>--cr-ink</c>,
    /// <c>--cr-soft</c>, <c>--cr-line</c>, <c>--cr-s0</c> and so on, which a page can use and set; <c>data-theme</c> on the root
    /// (<c>light</c> or <c>dark</c>) goes before the reader's preference. Paper is light.
    /// </summary>
    public static string ForPage { get; } =
        ":root{" + Variables(Theme.Light) + "}" +
        "@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){" + Variables(Theme.Dark) + "}}" +
        ":root[data-theme=dark]{" + Variables(Theme.Dark) + "}" +
        Fixed + ".cr{height:auto}" + Rules([.. Colors(Theme.Light).Select(c => (c.Name, $"var(--cr-{c.Name})"))]);

    private static string Variables(Theme theme) => string.Concat(Colors(theme).Select(c => $"--cr-{c.Name}:{c.Value};"));

    private static List<(string Name, string Value)> Colors(Theme theme) =>
    [
        ("page", theme.Page), ("ink", theme.Ink), ("soft", theme.Soft), ("line", theme.Line),
        .. Numbered("s", theme.Series), .. Numbered("on-s", theme.Series.Select(Theme.InkOn)),
        .. Numbered("t", theme.Heat), .. Numbered("on-t", theme.Heat.Select(Theme.InkOn)),
    ];

    private static IEnumerable<(string Name, string Value)> Numbered(string name, IEnumerable<string> colors) =>
        colors.Select((color, i) => ($"{name}{i.ToString(CultureInfo.InvariantCulture)}", color));

    private static string Rules(IReadOnlyList<(string Name, string Value)> colors)
    {
        var color = colors.ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal);
        var css = new StringBuilder();
        css.Append(CultureInfo.InvariantCulture, $".cr .bg{{fill:{color["page"]}}}.cr text{{fill:{color["ink"]}}}.cr .s{{fill:{color["soft"]}}}");
        css.Append(CultureInfo.InvariantCulture, $".cr .g,.cr .hole{{stroke:{color["line"]}}}.cr .b,.cr .guide{{stroke:{color["soft"]}}}.cr .halo{{stroke:{color["page"]}}}");
        for (var i = 0; i < SeriesCount; i++)
        {
            css.Append(CultureInfo.InvariantCulture, $".cr .s{i}{{fill:{color[$"s{i}"]}}}.cr .l{i}{{stroke:{color[$"s{i}"]}}}.cr .on-s{i}{{fill:{color[$"on-s{i}"]}}}");
        }

        for (var i = 0; i < HeatCount; i++)
        {
            css.Append(CultureInfo.InvariantCulture, $".cr .t{i}{{fill:{color[$"t{i}"]}}}.cr .on-t{i}{{fill:{color[$"on-t{i}"]}}}");
        }

        return css.Append(CultureInfo.InvariantCulture, $".cr .net{{stroke:{color["ink"]}}}").ToString();
    }
}
