using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Charts.Svg;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Charts;

/// <summary>What is true of every chart. With the variable <c>GALLERY=folder</c> all are written there to be looked at.</summary>
public sealed class GalleryTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static readonly ChartOptions[] s_sizes = [new(), new() { Width = 480 }, ChartOptions.OnPage("c"), ChartOptions.OnPage("c", 360)];

    public static TheoryData<string> Names => [.. Gallery.Charts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_as_approved(string name) => Approval.Verify(Gallery.Charts[name]().Draw(), Path.Combine("Charts", $"{name}.svg"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_well_formed_has_a_title_and_a_description_and_runs_nothing(string name)
    {
        var root = Parse(Gallery.Charts[name]().Draw());

        Assert.NotEmpty(root.Element(s_svg + "title")!.Value);
        Assert.NotEmpty(root.Element(s_svg + "desc")!.Value);
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("chart-title chart-desc", root.Attribute("aria-labelledby")!.Value);
        Assert.Equal(["chart-title", "chart-desc"], root.Descendants().Attributes("id").Select(a => a.Value), StringComparer.Ordinal);
        var elements = root.DescendantsAndSelf().Select(e => e.Name.LocalName).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(new HashSet<string>(["svg", "title", "desc", "style", "g", "rect", "text", "line", "path", "circle"], StringComparer.Ordinal), elements);
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Name.LocalName is "style" or "href");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_numbers_are_finite_and_sizes_not_negative(string name)
    {
        foreach (var attribute in Parse(Gallery.Charts[name]().Draw()).DescendantsAndSelf().Attributes())
        {
            if (attribute.Name.LocalName is "x" or "y" or "x1" or "x2" or "y1" or "y2" or "cx" or "cy" or "width" or "height" or "r")
            {
                var number = double.Parse(attribute.Value, CultureInfo.InvariantCulture);
                var least = attribute.Name.LocalName is "width" or "height" or "r" ? 0 : -0.01;
                Assert.True(double.IsFinite(number) && number >= least, $"{attribute}");
            }
            else if (attribute.Name.LocalName is "d")
            {
                Assert.Matches(new Regex("^(?:[MLh][-0-9. ]+|Z)*$", RegexOptions.None, TimeSpan.FromSeconds(1)), attribute.Value);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_lies_outside_the_picture(string name)
    {
        foreach (var options in s_sizes)
        {
            var (root, width) = (Parse(Gallery.Charts[name]().Draw(options)), options.Width);
            var height = Number(root, "height");

            foreach (var rect in root.Descendants(s_svg + "rect"))
            {
                Assert.InRange(Number(rect, "x") + Number(rect, "width"), 0, width + 0.02);
                Assert.InRange(Number(rect, "y") + Number(rect, "height"), 0, height + 0.02);
            }

            Assert.All(root.Descendants(s_svg + "text").Select(PlacedText.Of), t =>
            {
                Assert.True(t.Left >= -0.01 && t.Right <= width + 0.01 && t.Bottom <= height, $"{name} at {width}: '{t.Content}' {t.Left} to {t.Right}, {t.Bottom}");
            });
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_lies_on_another(string name)
    {
        foreach (var options in s_sizes)
        {
            var texts = Parse(Gallery.Charts[name]().Draw(options)).Descendants(s_svg + "text").Select(PlacedText.Of).ToList();

            for (var i = 0; i < texts.Count; i++)
            {
                for (var j = i + 1; j < texts.Count; j++)
                {
                    Assert.False(texts[i].Touches(texts[j]), $"{name} at {options.Width}: '{texts[i].Content}' lies on '{texts[j].Content}'");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_culture_and_any_run_give_the_same_text(string name)
    {
        var expected = Gallery.Charts[name]().Draw();
        var before = CultureInfo.CurrentCulture;
        try
        {
            var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (foreign.NumberFormat.NumberDecimalSeparator, foreign.NumberFormat.NumberGroupSeparator, foreign.NumberFormat.NegativeSign) = (",", ".", "minus");
            foreign.DateTimeFormat.AbbreviatedMonthNames = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", ""];
            CultureInfo.CurrentCulture = foreign;

            Assert.Equal(expected, Gallery.Charts[name]().Draw());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_page_holds_them_all_with_ids_of_their_own_and_one_style_sheet()
    {
        var page = Page();

        var ids = Regex.Matches(page, " id=\"(?<id>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups["id"].Value).ToList();
        Assert.Equal(2 * Gallery.Charts.Count, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(2, page.Split("<style>").Length);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        WriteGallery(page);
    }

    [Fact]
    public void A_full_name_is_told_where_it_was_shortened()
    {
        foreach (var name in Gallery.Charts.Keys.Where(n => n.EndsWith("-hostile", StringComparison.Ordinal)))
        {
            var root = Parse(Gallery.Charts[name]().Draw());

            Assert.DoesNotContain(root.Descendants(s_svg + "text"), t => t.Value.Length > 200);
            Assert.Contains(root.Descendants(s_svg + "title"), t => t.Value.Contains(Gallery.Long, StringComparison.Ordinal));
        }
    }

    private static XElement Parse(string svg)
    {
        using var reader = XmlReader.Create(new StringReader(svg), new XmlReaderSettings { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader).Root!;
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)?.Value ?? "0", CultureInfo.InvariantCulture);

    private static string Page()
    {
        var page = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>Charts</title><style>body{max-width:960px;margin:24px auto;background:var(--cr-page);color:var(--cr-ink);font-family:sans-serif}h2{font-size:15px}");
        page.Append(StyleSheet.ForPage).Append("</style>");
        var number = 0;
        foreach (var (name, chart) in Gallery.Charts)
        {
            var made = chart();
            var id = $"c{(++number).ToString(CultureInfo.InvariantCulture)}";
            page.Append("<h2>").Append(WebUtility.HtmlEncode($"{name}: {made.Title}")).Append("</h2>");
            page.Append(made.Draw(made is Sparkline ? Sparkline.Small(id) : ChartOptions.OnPage(id)));
        }

        return page.ToString();
    }

    private static void WriteGallery(string page)
    {
        if (Environment.GetEnvironmentVariable("GALLERY") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "gallery.html"), page);
            foreach (var (name, chart) in Gallery.Charts)
            {
                File.WriteAllText(Path.Combine(folder, $"{name}.svg"), chart().Draw());
            }
        }
    }
}
