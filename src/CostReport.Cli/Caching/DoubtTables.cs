using CostLedger.Querying.Caching;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Caching;

/// <summary>What the provider lost by itself, and how our diagnosis stands beside its own, for people.</summary>
internal static class DoubtTables
{
    /// <summary>The sections; none where there is nothing to say.</summary>
    public static IEnumerable<Section> Of(CacheReport report)
    {
        var lost = report.Provider.Where(p => p.Loss.Count > 0).ToList();
        if (lost.Count > 0)
        {
            yield return new Section { Heading = "Lost by the provider: the same bytes, in time, and not read", Table = Places(lost) };
        }

        if (report.Verdicts.Count > 0)
        {
            yield return new Section
            {
                Heading = "Beside the provider's own diagnosis",
                Table = Verdicts(report.Verdicts),
                Notes = [new Cell("The provider compares requests; a difference behind what was read loses nothing, and is not compared.", Tone.Muted)],
            };
        }
    }

    private static Table Places(List<ProviderLoss> places)
    {
        var money = Figures.MoneyPlaces(places.Select(p => p.Loss.Cost));
        return new Table(
            [
                Column.Words("model", Column.Always), Column.Words("provider", 40), Column.Words("region", 60), new Column("could read", 70),
                new Column("lost", 80), new Column("rate", Column.Always), new Column("tokens", 50), new Column("money", 90),
            ],
            [
                .. places.Select(IReadOnlyList<Cell> (p) =>
                [
                    Wording.Name(p.Model), p.Provider.Name(), p.Location ?? "", Figures.Count(p.Readable), Figures.Count(p.Loss.Count),
                    (p.Rate * 100).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) + "%", Figures.Count(p.Loss.Tokens), Figures.Money(p.Loss.Cost, money),
                ]),
            ]);
    }

    private static Table Verdicts(IReadOnlyList<VerdictPair> pairs) => new(
        [Column.Words("the provider says", Column.Always), Column.Words("we say", Column.Always), new Column("calls", Column.Always), Column.Words("", 80)],
        [
            .. pairs.Select(IReadOnlyList<Cell> (v) =>
            [
                v.Theirs, v.Ours is { } ours ? ours : new Cell("nothing lost", Tone.Muted), Figures.Count(v.Count),
                v.Match switch
                {
                    VerdictMatch.Agrees => new Cell("the same", Tone.Good),
                    VerdictMatch.Disagrees => new Cell("not the same", Tone.Bad),
                    _ => new Cell("not compared", Tone.Muted),
                },
            ]),
        ]);
}
