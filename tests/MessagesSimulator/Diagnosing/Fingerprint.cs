using MessagesSimulator.Prompts;

namespace MessagesSimulator.Diagnosing;

/// <summary>What is kept of a request to compare later ones with it: hashes and lengths.</summary>
/// <param name="Model">The model.</param>
/// <param name="IsFast">Whether the fast speed was asked for.</param>
/// <param name="Settings">Everything else that is compared and has no reason of its own.</param>
/// <param name="Blocks">The blocks.</param>
internal sealed record Fingerprint(
    string Model,
    bool IsFast,
    string Settings,
    IReadOnlyList<(PromptLevel Level, string Hash, int Bytes)> Blocks)
{
    private const int BytesPerToken = 4; // The API's number is an estimate from bytes, too.

    public static Fingerprint Of(Prompt prompt)
    {
        var settings = prompt.Settings;
        return new Fingerprint(
            prompt.Model.Id,
            settings.Fast,
            string.Join(
                '\n',
                settings.ToolChoice,
                $"{settings.Thinking}/{settings.ThinkingBudget}",
                settings.ContextManagement,
                $"{settings.Effort}/{settings.OutputFormat}/{settings.BudgetLeft}",
                settings.Betas),
            [.. prompt.Blocks.Select(block => (block.Level, block.OwnHash, block.Bytes))]);
    }

    /// <summary>Compares a later request with this one.</summary>
    /// <param name="later">The later one.</param>
    /// <returns>The earliest difference.</returns>
    public DiagnosticsAnswer Compare(Fingerprint later)
    {
        if (!string.Equals(Model, later.Model, StringComparison.Ordinal) || IsFast != later.IsFast)
        {
            return Changed("model_changed", Blocks);
        }

        foreach (var (level, reason) in new[] { (PromptLevel.Tools, "tools_changed"), (PromptLevel.System, "system_changed") })
        {
            if (!Of(level).SequenceEqual(later.Of(level)))
            {
                return Changed(reason, Blocks.Where(block => block.Level > level).Concat(Behind(level, later)));
            }
        }

        if (!string.Equals(Settings, later.Settings, StringComparison.Ordinal))
        {
            return new DiagnosticsAnswer(IsFinished: true, "unavailable", null);
        }

        var lost = Behind(PromptLevel.Messages, later).ToList();
        return lost.Count == 0 ? DiagnosticsAnswer.Nothing : Changed("messages_changed", lost);
    }

    private IEnumerable<(PromptLevel Level, string Hash, int Bytes)> Of(PromptLevel level) => Blocks.Where(block => block.Level == level);

    /// <summary>What of a level lies behind the last block in common.</summary>
    private IEnumerable<(PromptLevel Level, string Hash, int Bytes)> Behind(PromptLevel level, Fingerprint later) =>
        Of(level).Skip(Of(level).Zip(later.Of(level)).TakeWhile(pair => pair.First == pair.Second).Count());

    private static DiagnosticsAnswer Changed(string reason, IEnumerable<(PromptLevel Level, string Hash, int Bytes)> lost) =>
        new(IsFinished: true, reason, lost.Sum(block => block.Bytes) / BytesPerToken);
}
