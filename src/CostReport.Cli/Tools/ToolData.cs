using CostLedger.Querying.Tools;
using CostReport.Cli.Documents;
using CostReport.Cli.Statistics;

namespace CostReport.Cli.Tools;

/// <summary>What tools took, exact.</summary>
internal static class ToolData
{
    private static readonly string[] Columns =
    [
        "tool", "is_server", "rounds", "errors", "time_p50_seconds", "time_p95_seconds", "time_max_seconds", "use_tokens", "result_tokens", "result_cost_usd",
        "definition_tokens", "sent_calls", "definition_tokens_sent", "prompt_share", "definition_cost_usd", "is_unused",
    ];

    /// <summary>A row a tool.</summary>
    public static Dataset Of(ToolReport report) => new("tools", Columns, report.Tools.Select(tool => Row(report, tool)));

    /// <summary>The part of all prompts that a tool's definition was.</summary>
    public static decimal? Share(ToolReport report, ToolTotals tool) =>
        report.InputTokens > 0 ? Math.Round((decimal)tool.DefinitionTokensSent / report.InputTokens, 4) : null;

    private static IReadOnlyList<Field> Row(ToolReport report, ToolTotals t) =>
    [
        Field.Of(t.Name), Field.Of(t.IsServer), Field.Of(t.Rounds), Field.Of(t.Errors), Field.Of(Seconds.Of(t.Time?.P50)), Field.Of(Seconds.Of(t.Time?.P95)),
        Field.Of(Seconds.Of(t.Time?.Max)), Field.Of(t.UseTokens), Field.Of(t.ResultTokens), Field.Of(t.ResultCost), Field.Of(t.DefinitionTokens), Field.Of(t.SentCalls),
        Field.Of(t.DefinitionTokensSent), Field.Of(Share(report, t)), Field.Of(t.DefinitionCost), Field.Of(t.IsUnused),
    ];
}
