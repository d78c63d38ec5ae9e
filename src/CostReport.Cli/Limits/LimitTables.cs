using System.Globalization;
using CostLedger.Querying.Limits;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Limits;

/// <summary>How near the rate limits are, for people.</summary>
internal static class LimitTables
{
    /// <summary>The report's title.</summary>
    public const string Title = "Rate limits";

    private const string Unknown = "?";
    private const int MostRows = 100;
    private const int MostBars = 12;
    private const double Tight = 0.2;

    // Older news of a bucket that is full again within a minute says little of the present.
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);

    /// <summary>Makes the report.</summary>
    public static Report Of(LimitReport report, Period period)
    {
        var sections = new List<Section>();
        if (report.Series is [var tightest, ..])
        {
            sections.Add(new Section { Facts = Facts(report, tightest, period), Notes = Notes(tightest) });
            sections.Add(new Section { Heading = "Limits, the tightest first", Table = Table(report, period) });
            sections.Add(new Section { Heading = $"Least left of {NameOf(tightest)}", Bars = Bars(report, tightest, period) });
        }

        sections.Add(report.Throttled.Count > 0
            ? new Section { Heading = "Refused by a limit", Table = Throttled(report.Throttled, period) }
            : new Section { Notes = [new Cell("No attempt was refused by a limit.", Tone.Good)] });
        return new Report(Title, Wording.Of(period), sections);
    }

    /// <summary>The report where there were calls, and no answer told of a limit.</summary>
    public static Report Nothing(Period period) => EmptyReport.Without(
        Title,
        period,
        "No answer told of a rate limit.",
        "Anthropic's own API and some gateways tell of limits in headers; Bedrock and Vertex do not. Ask for a longer period (--since), or take a filter away.");

    /// <summary>A limit's name, short enough for a line.</summary>
    public static string NameOf(LimitSeries series) => SafeText.Short($"{series.Kind} of {Wording.Name(series.Model)}");

    private static List<Fact> Facts(LimitReport report, LimitSeries tightest, Period period)
    {
        var share = tightest.ShareNow;
        var facts = new List<Fact>
        {
            new("Tightest", NameOf(tightest), $"{tightest.Provider.Name()}{(tightest.Host is { } host ? $", {host}" : "")}"),
            new(
                "Left now",
                share is { } part ? Percent(part) : Unknown,
                tightest is { RemainingNow: { } left, Whole.Limit: { } limit } ? $"{Figures.Count(left)} of {Figures.Count(limit)}, {Age(report, tightest)}" : Age(report, tightest),
                ToneOf(share)),
            new(
                "At the least",
                tightest.Whole.LowestShare is { } least ? Percent(least) : Unknown,
                $"at {Figures.Minute(period.Local(tightest.Whole.LowestAt))}",
                ToneOf(tightest.Whole.LowestShare)),
        };
        facts.Add(new Fact("Runs out", When(tightest.Forecast, report.AsOf, period), Why(tightest.Forecast), tightest.Forecast.Kind == ForecastKind.RunsOut ? Tone.Bad : Tone.Good));
        var refused = report.Throttled.Sum(t => t.Attempts);
        facts.Add(new Fact("Refused", Figures.Count(refused), "attempts, by a limit", refused > 0 ? Tone.Bad : Tone.Good));
        return facts;
    }

    private static IReadOnlyList<Cell> Notes(LimitSeries tightest) => tightest.Forecast.Kind == ForecastKind.RunsOut
        ? [new Cell("The forecast takes a bucket that is refilled all the time, and the use of the last minutes as it was.", Tone.Muted)]
        : [];

    private static Table Table(LimitReport report, Period period)
    {
        var hasHosts = report.Series.Select(s => (s.Provider, s.Host)).Distinct().Count() > 1;
        var hasHolders = report.Series.Select(s => s.Scope).Distinct(StringComparer.Ordinal).Count() > 1;
        var rows = report.Series.Take(MostRows).Select(IReadOnlyList<Cell> (s) =>
        [
            Wording.Name(s.Model),
            s.Kind,
            .. hasHosts ? (Cell[])[$"{s.Provider.Name()}{(s.Host is { } host ? $" {host}" : "")}"] : [],
            .. hasHolders ? (Cell[])[s.Scope is { } scope ? scope[..Math.Min(6, scope.Length)] : ""] : [],
            s.Whole.Limit is { } limit ? Figures.Count(limit) : Unknown,
            s.ShareNow is { } now ? new Cell(Percent(now), ToneOf(now)) : new Cell(Unknown, Tone.Muted),
            new Cell("", ToneOf(s.ShareNow), s.ShareNow ?? 0),
            s.Whole.LowestShare is { } least ? new Cell(Percent(least), ToneOf(least)) : new Cell(Unknown, Tone.Muted),
            Figures.Minute(period.Local(s.Whole.LowestAt)),
            Rate(s.Forecast.UsePerMinute),
            new Cell(When(s.Forecast, report.AsOf, period), s.Forecast.Kind == ForecastKind.RunsOut ? Tone.Bad : Tone.Muted),
        ]).ToList();
        return new Table(
            [
                Column.Words("model", Column.Always), Column.Words("limit", Column.Always),
                // Where several tell of a limit of the same name, only these tell the rows apart.
                .. hasHosts ? (Column[])[Column.Words("of", Column.Always)] : [],
                .. hasHolders ? (Column[])[Column.Ids("holder", Column.Always)] : [],
                new Column("in all", 70), new Column("left", Column.Always), Column.Bars(20), new Column("least", 90), Column.Ids("at", 40),
                new Column("used/min", 60), Column.Ids("runs out", 80),
            ],
            rows);
    }

    private static List<Bar> Bars(LimitReport report, LimitSeries tightest, Period period)
    {
        const long Whole = 1_000_000;
        var slots = LimitSlots.Of(tightest, report.AsOf, MostBars);
        var format = slots.Count > 1 && slots[1].Start - slots[0].Start >= TimeSpan.FromDays(1) ? "ddd yyyy-MM-dd" : "ddd HH:mm";
        return
        [
            .. slots.Select(slot => new Bar(
                period.Local(slot.Start).ToString(format, CultureInfo.InvariantCulture),
                (long)((slot.Lowest?.LowestShare ?? 0) * Whole),
                slot.Lowest?.LowestShare is { } share ? Percent(share) : "-")),
        ];
    }

    private static Table Throttled(IReadOnlyList<ThrottleGroup> groups, Period period) => new(
        [Column.Words("model", Column.Always), new Column("attempts", Column.Always), new Column("told to wait", 70), new Column("without", 50), Column.Ids("last", 60)],
        [
            .. groups.Take(MostRows).Select(IReadOnlyList<Cell> (g) =>
            [
                Wording.Name(g.Model),
                new Cell(Figures.Count(g.Attempts), Tone.Bad),
                Figures.Duration(g.AskedToWait),
                Figures.Count(g.WithoutWait),
                Figures.Second(period.Local(g.Last)),
            ]),
        ]);

    private static string Age(LimitReport report, LimitSeries series)
    {
        var age = report.AsOf - series.Whole.ObservedAt;
        return age > Stale ? $"told {Figures.Duration(age)} ago: calculated since" : $"told {Figures.Duration(age < TimeSpan.Zero ? TimeSpan.Zero : age)} ago";
    }

    private static string When(LimitForecast forecast, DateTimeOffset now, Period period) => forecast switch
    {
        { Kind: ForecastKind.RunsOut, RunsOutAt: { } at } when at <= now => "now",
        { Kind: ForecastKind.RunsOut, RunsOutAt: { } at } when at - now < TimeSpan.FromHours(1) => $"in {Figures.Duration(at - now)}",
        { Kind: ForecastKind.RunsOut, RunsOutAt: { } at } => Figures.Minute(period.Local(at)),
        { Kind: ForecastKind.Lasts } => "not within a day",
        { Kind: ForecastKind.Idle } => "not in use",
        _ => Unknown,
    };

    private static string Why(LimitForecast forecast) => forecast.Kind switch
    {
        ForecastKind.RunsOut or ForecastKind.Lasts =>
            $"{Rate(forecast.UsePerMinute)} a minute used, {Rate(forecast.RefillPerMinute)} refilled, over {Figures.Duration(forecast.Window)}",
        ForecastKind.Idle => $"nothing was used in the last {Figures.Duration(forecast.Window)}",
        _ => "the limit, or what is left of it, was not told",
    };

    private static string Rate(double perMinute) => perMinute >= 10 ? Figures.Count((long)Math.Round(perMinute)) : perMinute.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Percent(double share) => Figures.Percent((decimal)share, 1);

    private static Tone ToneOf(double? share) => share is null ? Tone.Muted : share < Tight ? Tone.Bad : Tone.Plain;
}
