using System.Globalization;
using CostLedger.Retention;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Reports;

/// <summary>What was deleted of a ledger, or would be.</summary>
internal static class PruneReport
{
    private static readonly string[] DataColumns = ["before", "calls", "limit_minutes", "prompt_blocks"];

    /// <summary>Makes the report.</summary>
    public static Report Of(PruneResult result, DateTimeOffset before, Period period, bool dryRun)
    {
        var facts = new List<Fact>
        {
            new("Calls", Figures.Count(result.Calls), "with their details and estimates", Tone.Strong),
            new("Rate limits", Figures.Count(result.LimitPoints), "minutes"),
        };
        if (result.PromptNodes is { } blocks)
        {
            facts.Add(new("Prompts", Figures.Count(blocks), "blocks that no other call has"));
        }

        var time = period.Local(before).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new Report(
            dryRun ? "What pruning would delete" : "What pruning has deleted",
            $"calls before {time} ({period.ZoneName})",
            [new Section { Facts = facts, Notes = [NoteOf(result, dryRun)] }]);
    }

    /// <summary>The counts, exact.</summary>
    public static Dataset Data(PruneResult result, DateTimeOffset before) => new("pruned", DataColumns,
    [
        [Field.Of(Rfc3339.Utc(before)), Field.Of(result.Calls), Field.Of(result.LimitPoints), Field.Of(result.PromptNodes)],
    ]);

    private static Cell NoteOf(PruneResult result, bool dryRun) => (result, dryRun) switch
    {
        ({ Calls: 0, LimitPoints: 0 }, _) => new Cell("Nothing is that old.", Tone.Good),
        (_, true) => new Cell("Nothing was deleted; without --dry-run it is.", Tone.Muted),
        _ => new Cell("The file keeps its size; the space is used again.", Tone.Muted),
    };
}
