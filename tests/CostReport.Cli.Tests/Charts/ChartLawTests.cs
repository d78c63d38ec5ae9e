using System.Globalization;
using System.Xml.Linq;
using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Charts.Scales;
using Xunit;

namespace CostReport.Cli.Tests.Charts;

public sealed class ChartLawTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void At_most_eight_series_are_told_apart_and_nothing_is_lost()
    {
        var chart = (ColumnChart)Gallery.Charts["columns-thousands-of-series"]();

        var folded = chart.Folded();

        Assert.Equal(8, folded.Series.Count);
        Assert.Equal("2,993 others", folded.Series[^1].Name);
        Assert.Equal(chart.Series.Sum(s => s.Sum), folded.Series.Sum(s => s.Sum));
    }

    [Fact]
    public void A_column_too_small_to_see_is_one_pixel_high()
    {
        var columns = XDocument.Parse(Gallery.Charts["columns-a-million-times"]().Draw()).Root!.Elements(s_svg + "g").Where(g => Is(g, "col")).ToList();

        var heights = columns.Select(c => c.Elements(s_svg + "rect").Where(r => !Is(r, "hit")).Sum(r => Number(r, "height"))).ToList();

        Assert.Equal(10, columns.Count);
        Assert.Equal(9, heights.Count(h => Math.Abs(h - 1) < 0.05));
    }

    [Fact]
    public void What_is_negative_hangs_below_zero()
    {
        var chart = (ColumnChart)Gallery.Charts["columns-negative"]();
        var root = XDocument.Parse(chart.Draw()).Root!;
        var zero = Number(root.Elements(s_svg + "line").Single(l => Is(l, "b")), "y1");

        Assert.All(root.Descendants(s_svg + "rect").Where(r => (string?)r.Attribute("data-series") is "0"), r => Assert.InRange(Number(r, "y") + Number(r, "height"), zero - 1, zero + 1));
        Assert.All(root.Descendants(s_svg + "rect").Where(r => (string?)r.Attribute("data-series") is "1"), r => Assert.InRange(Number(r, "y"), zero - 1, zero + 1));
        Assert.Contains(root.Descendants(s_svg + "text"), t => t.Value is "together");
    }

    [Fact]
    public void A_gap_parts_a_line_and_a_lonely_value_is_a_dot()
    {
        var root = XDocument.Parse(Gallery.Charts["lines-latency"]().Draw()).Root!;
        var first = root.Elements(s_svg + "g").Single(g => (string?)g.Attribute("data-series") is "0");

        Assert.Equal(3, first.Element(s_svg + "path")!.Attribute("d")!.Value.Split('M').Length - 1);
        Assert.Single(first.Elements(s_svg + "circle"));
    }

    [Fact]
    public void A_running_sum_ends_where_the_period_has_come_to()
    {
        var chart = (LineChart)Gallery.Charts["cumulative"]();

        Assert.Equal(19, chart.Lines[0].Series.Values.Count(v => v is not null));
        Assert.Equal("This period $114.00", chart.Lines[0].Series.Name);
        Assert.True(chart.Lines[1].Series.Values.Zip(chart.Lines[1].Series.Values.Skip(1)).All(p => p.Second >= p.First));
    }

    [Fact]
    public void Bins_hold_every_value_once_and_have_round_edges()
    {
        var random = new Random(5);
        for (var round = 0; round < 1000; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 200)).Select(_ => random.NextInt64(round % 4 == 0 ? -1000 : 0, 1L << random.Next(1, 50))).ToList();
            var measure = round % 2 == 0 ? Measure.Count : Measure.Duration;

            var bins = Bins.Of(values, measure);

            Assert.Equal(values.Count, bins.Sum(b => b.Count));
            Assert.InRange(bins.Count, 1, 60);
            Assert.All(bins.Zip(bins.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
            Assert.All(bins.Select((bin, i) => (bin, i)), b => Assert.Equal(values.Count(v => v >= b.bin.From && v < b.bin.To), b.bin.Count));
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(1_000_000)]
    public void A_long_tail_does_not_push_the_others_into_one_bin(long times)
    {
        var values = Enumerable.Range(0, 400).Select(i => (3_000_000L + (i * 10_000)) * (i % 41 == 0 ? times : 1)).ToList();

        var bins = Bins.Of(values, Measure.Duration);

        Assert.All(bins, b => Assert.True(b.Count < values.Count / 3, $"{b}"));
        Assert.InRange(bins.Count, 8, 60);
    }

    [Fact]
    public void Areas_fill_the_whole_do_not_overlap_and_are_as_large_as_their_sizes()
    {
        var random = new Random(9);
        for (var round = 0; round < 300; round++)
        {
            var sizes = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Math.Pow(10, random.NextDouble() * 6)).OrderDescending().ToList();
            var boxes = Squares.Of(sizes, new Squares.Box(10, 20, 900, 360));

            var scale = 900 * 360 / sizes.Sum();
            Assert.All(boxes.Zip(sizes), p => Assert.Equal(p.Second * scale, p.First.Width * p.First.Height, 1e-3));
            Assert.All(boxes, b => Assert.True(b.X >= 10 - 1e-6 && b.Y >= 20 - 1e-6 && b.X + b.Width <= 910 + 1e-6 && b.Y + b.Height <= 380 + 1e-6));
            for (var i = 0; i < boxes.Count; i++)
            {
                Assert.All(boxes.Skip(i + 1), o => Assert.False(Overlap(boxes[i], o) > 1e-6));
            }
        }
    }

    [Fact]
    public void Labels_move_apart_in_their_order_or_not_at_all()
    {
        Assert.Equal([10.0, 50], Spread.Of([10, 50], 16, 0, 100));
        Assert.Equal([68.0, 84, 100], Spread.Of([99, 100, 100], 16, 0, 100));
        Assert.Equal([16.0, 0, 32], Spread.Of([5, 0, 6], 16, 0, 100));
        Assert.Null(Spread.Of([1, 2, 3], 60, 0, 100));
    }

    [Theory]
    [InlineData("ranking-a-long-tail", true)]
    [InlineData("ranking-thousands", false)]
    public void The_bar_of_all_others_is_no_longer_than_the_longest_and_broken_where_it_should_be(string name, bool isBroken)
    {
        var rows = XDocument.Parse(Gallery.Charts[name]().Draw()).Root!.Elements(s_svg + "g").Where(g => Is(g, "col")).ToList();

        var widths = rows.ConvertAll(r => Number(r.Elements(s_svg + "rect").Last(), "width"));
        Assert.Equal(widths[0], widths.Max());
        Assert.True(widths[1] > widths[0] / 5, "the second is seen");
        Assert.Equal(isBroken, rows[^1].Elements(s_svg + "path").Any());
        Assert.DoesNotContain(rows[..^1], r => r.Elements(s_svg + "path").Any());
    }

    [Fact]
    public void Lines_that_end_in_one_point_are_named_from_the_highest()
    {
        var root = XDocument.Parse(Gallery.Charts["lines-that-end-in-one-point"]().Draw()).Root!;

        var labels = root.Elements(s_svg + "g").Where(g => g.Attribute("data-legend") is not null).Select(g => g.Element(s_svg + "text")!);
        Assert.Equal(["p99", "p95", "p50", "first token p50"], labels.OrderBy(t => Number(t, "y")).Select(t => t.Value));
    }

    [Fact]
    public void A_name_that_has_no_space_at_its_line_is_whole_in_a_legend()
    {
        foreach (var width in new[] { 300.0, 360, 420, 480, 600, 960 })
        {
            var root = XDocument.Parse(Gallery.Charts["cumulative"]().Draw(ChartOptions.OnPage("c", width))).Root!;

            var names = root.Elements(s_svg + "g").Where(g => g.Attribute("data-legend") is not null).Select(g => g.Element(s_svg + "text")!.Value);
            Assert.Equal(["Before $152.00", "This period $114.00"], names.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_chart_is_not_made_larger_by_thousands_of_names()
    {
        Assert.InRange(Gallery.Charts["columns-thousands-of-series"]().Draw().Length, 5_000, 40_000);
        Assert.InRange(Gallery.Charts["ranking-thousands"]().Draw().Length, 5_000, 20_000);
        Assert.InRange(Gallery.Charts["columns-400-days"]().Draw().Length, 50_000, 450_000);
    }

    private static double Overlap(Squares.Box a, Squares.Box b) =>
        Math.Max(0, Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X)) * Math.Max(0, Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y));

    private static bool Is(XElement element, string name) => string.Equals((string?)element.Attribute("class"), name, StringComparison.Ordinal);

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
