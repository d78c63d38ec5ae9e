using System.Globalization;
using System.Xml.Linq;
using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Charts;
using CostReport.Cli.Reports;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.Times;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Charts;

public sealed class ColumnChartSvgTests
{
    private const long Dollar = NanoUsd.PerDollar;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static readonly Dictionary<string, Func<ColumnChart>> Cases = new(StringComparer.Ordinal)
    {
        ["two-weeks"] = () => Chart(14, 3, (day, model) => ((day * 7) + (model * 3) + 2) % 11 * Dollar / 3),
        ["400-days"] = () => Chart(400, 5, (day, model) => ((day * 13) + (model * 29)) % 97 * Dollar),
        ["2000-days"] = () => Chart(2000, 2, (day, model) => ((day * 13) + (model * 29)) % 97 * Dollar),
        ["one-a-million-times-others"] = () => Chart(10, 2, (day, model) => day == 4 && model == 0 ? 3_000_000 * Dollar : 3 * Dollar),
        ["all-zero"] = () => Chart(7, 2, (_, _) => 0),
        ["one-day"] = () => Chart(1, 2, (_, model) => (model + 1) * Dollar / 100),
        ["gaps"] = () => Chart(30, 2, (day, model) => day % 4 == 1 ? null : (day + model) * Dollar / 1000),
        ["thirty-models"] = () => Chart(12, 30, (day, model) => (30 - model) * (day + 3) * Dollar / 10),
        ["no-calls"] = () => CostChart.Of(DayCosts.Of([], Period(7), CostChart.MostColumns), "7 days"),
        ["hostile-names"] = () => Chart(5, 3, (day, model) => (day + model + 1) * Dollar, model => model switch
        {
            0 => "</text></svg><script>alert(1)</script>&\"'",
            1 => "\u202Eevil\u0007\uD800 " + new string('m', 500),
            _ => "قارئ 模型 🙂",
        }),
        ["clock-change"] = () => Chart(5, 1, (day, _) => (day + 1) * Dollar, last: new DateTimeOffset(2026, 10, 27, 12, 0, 0, TimeSpan.Zero)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_as_approved(string name)
    {
        Approval.Verify(ColumnChartSvg.Draw(Cases[name]()), $"chart-{name}.svg");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_well_formed_has_a_title_and_a_description_and_runs_nothing(string name)
    {
        var root = XDocument.Parse(ColumnChartSvg.Draw(Cases[name]())).Root!;

        Assert.NotEmpty(root.Element(Svg + "title")!.Value);
        Assert.NotEmpty(root.Element(Svg + "desc")!.Value);
        Assert.Empty(root.Descendants(Svg + "script"));
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(root.Descendants().Attributes(), a => Assert.DoesNotContain("NaN", a.Value, StringComparison.Ordinal));
        Assert.All(root.Descendants().Attributes(), a => Assert.DoesNotContain("Infinity", a.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_label_on_the_time_axis_touches_its_neighbour(string name)
    {
        var root = XDocument.Parse(ColumnChartSvg.Draw(Cases[name]())).Root!;

        var labels = root.Elements(Svg + "text").Where(t => Is(t.Attribute("class"), "s c")).ToList();

        for (var i = 1; i < labels.Count; i++)
        {
            var right = X(labels[i - 1]) + (TextWidth.Of(labels[i - 1].Value, 12) / 2);
            var left = X(labels[i]) - (TextWidth.Of(labels[i].Value, 12) / 2);
            Assert.True(right < left, $"{labels[i - 1].Value} touches {labels[i].Value}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Columns_stay_inside_the_plot(string name)
    {
        var root = XDocument.Parse(ColumnChartSvg.Draw(Cases[name]())).Root!;
        var height = double.Parse(root.Attribute("height")!.Value, CultureInfo.InvariantCulture);

        foreach (var rect in root.Descendants(Svg + "rect").Where(r => r.Parent!.Name == Svg + "g"))
        {
            Assert.InRange(Number(rect, "x"), 0, 960);
            Assert.InRange(Number(rect, "y"), 0, height);
            Assert.InRange(Number(rect, "y") + Number(rect, "height"), 0, height);
        }
    }

    [Fact]
    public void A_value_too_small_to_see_is_drawn_one_pixel_high()
    {
        var root = XDocument.Parse(ColumnChartSvg.Draw(Cases["one-a-million-times-others"]())).Root!;

        var columns = root.Elements(Svg + "g").ToList();
        var heights = columns.Select(c => c.Elements(Svg + "rect").Where(r => !Is(r.Attribute("class"), "hit")).Sum(r => Number(r, "height"))).ToList();

        Assert.Equal(10, columns.Count);
        Assert.Equal(9, heights.Count(h => Math.Abs(h - 1) < 0.05));
    }

    [Fact]
    public void At_most_eight_series_are_told_apart_and_the_rest_is_added_up()
    {
        var chart = Cases["thirty-models"]();

        var folded = chart.Folded();

        Assert.Equal(8, folded.Series.Count);
        Assert.Equal("23 others", folded.Series[^1].Name);
        Assert.Equal(chart.Height(3), folded.Height(3));
    }

    private static bool Is(XAttribute? attribute, string value) => string.Equals((string?)attribute, value, StringComparison.Ordinal);

    private static double X(XElement text) => Number(text, "x");

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static Period Period(int days, DateTimeOffset? last = null)
    {
        var now = last ?? Sample.Now;
        return new Period(now.AddDays(-days + 1).AddHours(-12), null, now, TimeZoneInfo.FindSystemTimeZoneById(last is null ? "UTC" : "Europe/Berlin"));
    }

    private static ColumnChart Chart(
        int days, int models, Func<int, int, long?> cost, Func<int, string>? name = null, DateTimeOffset? last = null)
    {
        var period = Period(days, last);
        var first = DateOnly.FromDateTime(period.Local(period.Since!.Value).DateTime);
        var groups =
            from day in Enumerable.Range(0, days)
            from model in Enumerable.Range(0, models)
            let value = cost(day, model)
            where value is not null
            select new UsageGroup(
                [first.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), name?.Invoke(model) ?? $"claude-model-{model}"],
                new UsageTotals { Attempts = 1, Cost = new CostByClass(new NanoUsd(value.Value), default, default, default, default, default) });
        return CostChart.Of(DayCosts.Of([.. groups], period, CostChart.MostColumns), Wording.Of(period));
    }
}
