using CostLedger.Querying.Prompts;
using CostLedger.Records;

namespace CostReport.Cli.Estimates.Accuracy;

/// <summary>How far off estimates were: altogether, and by model and by what most of the input was.</summary>
internal sealed class AccuracyReport
{
    private readonly Dictionary<(string? Model, string Content), ErrorSample> _groups = [];

    /// <summary>All calls.</summary>
    public ErrorSample Totals { get; } = new();

    /// <summary>The groups, those with most calls first.</summary>
    public IEnumerable<(string? Model, string Content, ErrorSample Errors)> Groups => _groups
        .Select(g => (g.Key.Model, g.Key.Content, g.Value))
        .OrderByDescending(g => g.Value.Calls).ThenBy(g => g.Model, StringComparer.Ordinal).ThenBy(g => g.Content, StringComparer.Ordinal);

    /// <summary>Sums calls.</summary>
    public static AccuracyReport Of(IEnumerable<EstimatedCall> calls)
    {
        var report = new AccuracyReport();
        foreach (var call in calls)
        {
            var key = (call.Model, call.Sources is { } sources ? ContentOf(sources) : "unknown");
            if (!report._groups.TryGetValue(key, out var group))
            {
                report._groups[key] = group = new ErrorSample();
            }

            group.Add(call);
            report.Totals.Add(call);
        }

        return report;
    }

    // What most of the input was.
    private static string ContentOf(InputBySource sources)
    {
        (string Name, long Tokens)[] parts =
        [
            ("tools", sources.Tools), ("system", sources.System), ("messages", sources.Messages),
            ("tool results", sources.ToolUses + sources.ToolResults), ("thinking", sources.Thinking),
            ("images", sources.Images), ("documents", sources.Documents), ("overhead", sources.Overhead),
        ];
        return parts.MaxBy(p => p.Tokens).Name;
    }
}
