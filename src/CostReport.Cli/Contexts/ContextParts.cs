using CostLedger.Records;

namespace CostReport.Cli.Contexts;

/// <summary>A context by what it holds, in tokens; the parts add up to it.</summary>
/// <param name="Tools">Definitions of tools.</param>
/// <param name="System">The system prompt.</param>
/// <param name="History">What was said: messages, calls of tools, thinking.</param>
/// <param name="ToolResults">Results of tools.</param>
/// <param name="Images">Images and documents.</param>
/// <param name="Other">What the provider adds.</param>
internal sealed record ContextParts(long Tools, long System, long History, long ToolResults, long Images, long Other)
{
    /// <summary>The parts with their names, in the order of the prompt.</summary>
    public IReadOnlyList<(string Name, long Tokens)> All =>
        [("tools", Tools), ("system", System), ("history", History), ("tool results", ToolResults), ("images", Images), ("other", Other)];

    /// <summary>Scales an estimate to what was counted.</summary>
    public static ContextParts Of(InputBySource estimated, long tokens)
    {
        long Scale(long part) => (long)Math.Round(part * (double)tokens / estimated.Total);
        var (tools, system) = (Scale(estimated.Tools), Scale(estimated.System));
        var history = Scale(estimated.Messages + estimated.ToolUses + estimated.Thinking);
        var (results, images) = (Scale(estimated.ToolResults), Scale(estimated.Images + estimated.Documents));
        return new ContextParts(tools, system, history, results, images, tokens - tools - system - history - results - images);
    }
}
