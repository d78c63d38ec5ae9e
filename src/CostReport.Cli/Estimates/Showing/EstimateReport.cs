using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Answering;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Inputs;
using Telemetry.Handler.Estimating;

namespace CostReport.Cli.Estimates.Showing;

/// <summary>An estimate, for people.</summary>
internal static class EstimateReport
{
    private const string Dash = "-";

    /// <summary>Makes the report.</summary>
    /// <param name="answer">The answer; it holds an estimate.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="priceVersion">The price list's version.</param>
    /// <param name="place">Which of how many requests of the file it is.</param>
    public static Report Of(EstimateAnswer answer, EstimateOptions options, string priceVersion, (int Which, int Of) place)
    {
        var estimated = answer.Estimated!;
        var sections = new List<Section>
        {
            new() { Facts = EstimateFacts.Of(estimated), Notes = Several(place) },
        };
        if (answer.Findings.Count > 0)
        {
            sections.Add(new Section { Heading = "Warnings", Notes = [.. answer.Findings.Select(FindingText.Line)] });
        }

        sections.Add(BySource(estimated));
        if (estimated.Breakpoints.Count > 0)
        {
            sections.Add(Breakpoints(estimated));
        }

        sections.Add(SegmentTable.Of(estimated, options.All));
        if (answer.Compared is { } models)
        {
            sections.Add(Compared(models, estimated));
        }

        var subtitle = $"{InputFile.NameOf(options.File)}, {Figures.Bytes(answer.Request!.Body.Length)}; prices of {priceVersion}";
        return new Report($"Estimate for {(estimated.Terms.Model is { } model ? SafeText.Short(model) : "a request without a model")}", subtitle, sections);
    }

    private static List<Cell> Several((int Which, int Of) place) => place.Of == 1
        ? []
        : [new Cell($"Request {place.Which} of {place.Of} in the file; --entry N chooses another.", Tone.Doubtful)];

    private static Section BySource(EstimatedRequest estimated)
    {
        var sources = estimated.Estimate.BySource.Where(entry => entry.Value > 0).OrderByDescending(entry => entry.Value).ToList();
        return new Section
        {
            Heading = "Tokens by source",
            Bars = [.. sources.Select(entry => new Bar(Name(entry.Key), entry.Value, $"{Figures.Count(entry.Value)}  {Figures.Percent(entry.Value, estimated.Estimate.InputTokens)}"))],
        };
    }

    private static string Name(PromptSource source) => source == PromptSource.Overhead ? "added by the provider" : EstimateJson.NameOf(source).Replace('_', ' ');

    private static Section Breakpoints(EstimatedRequest estimated) => new()
    {
        Heading = "Cache breakpoints",
        Table = new Table(
            [
                Column.Words("behind", Column.Always) with { Least = 20 }, Column.Words("for", 60) with { Least = 3 }, new Column("prefix tokens", Column.Always),
                new Column("minimum", 50), Column.Words("cached", 90) with { Least = 6 }, new Column("uncached", 55), new Column("write", 70), new Column("later reads", 80),
            ],
            [
                .. estimated.Breakpoints.Select(IReadOnlyList<Cell> (b) =>
                [
                    b.Place, SegmentTable.Lifetime(b.Lifetime) ?? Dash, Figures.Count(b.PrefixTokens), b.Minimum is { } least ? Figures.Count(least) : new Cell($"({Figures.Count(CacheBreakpoint.UsualMinimum)})", Tone.Doubtful),
                    (b.ReachesMinimum, b.Minimum) switch
                    {
                        (true, null) => new Cell("likely", Tone.Doubtful),
                        (true, _) => new Cell("yes", Tone.Good),
                        (false, _) => new Cell($"no, {Figures.Count(b.Short)} short", Tone.Bad),
                    },
                    Money(b.Uncached), Money(b.Write), Money(b.Read),
                ]),
            ]),
        Notes = [new Cell("The first call writes, each later one within the lifetime reads; the costs are of the prefix alone.", Tone.Muted)],
    };

    private static Section Compared(IReadOnlyList<ComparedModel> models, EstimatedRequest estimated) => new()
    {
        Heading = "Other models",
        Table = new Table(
            [
                Column.Words("model", Column.Always) with { Least = 20 }, new Column("tokens", Column.Always), new Column("cost", Column.Always), new Column("of asked", 80),
                new Column("window", 70), new Column("later calls", 60), new Column("at most", 65), new Column("max output", 40), Column.Words("state", 50) with { Least = 8 },
            ],
            [
                .. models.Select(IReadOnlyList<Cell> (m) =>
                [
                    new Cell(m.Model, m.IsAsked ? Tone.Strong : Tone.Plain), Figures.Count(m.InputTokens), Money(m.Costs.Total),
                    estimated.Costs.Total is { Value: > 0 } own && m.Costs.Total is { } cost ? Figures.Percent(cost.Value, own.Value) : Dash,
                    Window(m), Money(m.Costs.LaterInput), Money(m.Costs.Most), Figures.Count(m.MaxOutput), m.Status ?? Dash,
                ]),
            ]),
        Notes = [new Cell("Tokens by each model's tokenizer; the cost as above, at the same provider and on the same terms.", Tone.Muted)],
    };

    private static Cell Window(ComparedModel model) => model.InputTokens > model.ContextWindow
        ? new Cell("too long", Tone.Bad)
        : Figures.Percent(model.InputTokens, model.ContextWindow);

    private static Cell Money(CostLedger.Records.NanoUsd? amount) => amount is { } known ? Figures.Money(known, 6) : new Cell(Dash, Tone.Muted);
}
