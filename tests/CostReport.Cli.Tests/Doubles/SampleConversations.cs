using CostLedger.Records;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>Conversations: two that the application names, two known by their prompts, and a call of none.</summary>
internal static class SampleConversations
{
    private const int FirstSeed = 3_000;

    /// <summary>The calls.</summary>
    public static IReadOnlyList<CallRecord> All()
    {
        var calls = new List<CallRecord>();
        for (var turn = 0; turn < 12; turn++)
        {
            calls.Add(Turn(turn, "claude-haiku-4-5-20251001", 60_000 + (9_500L * turn)) with { Labels = new CallLabels { Conversation = "support-4711", Session = "shop" } });
            calls.Add(Turn(100 + turn, "claude-opus-5-5", 8_000 + (700L * turn)) with
            {
                Prompt = SampleDialogue.PromptOf([.. Enumerable.Range(0, (2 * turn) + 1).Select(i => $"{(i % 2 == 0 ? 'u' : 'a')}:{i}")]),
            });
        }

        calls.Add(Turn(300, "claude-sonnet-5-5", 900) with { Labels = new CallLabels { Conversation = "desk-9" }, Estimate = null });
        calls.Add(Turn(301, "claude-opus-4-8", 900) with { Labels = new CallLabels(), Estimate = null });
        return [.. calls.OrderBy(c => c.Id)];
    }

    private static CallRecord Turn(int number, string model, long tokens) => Sample.Priced(Sample.Call(Sample.Now.AddMinutes(-400 + number), FirstSeed + number, model) with
    {
        Usage = new TokenUsage { InputTokens = 400, CacheReadInputTokens = tokens - 1_400 < 0 ? 0 : tokens - 1_400, CacheCreationInputTokens = tokens < 1_400 ? 0 : 1_000, CacheCreation5mInputTokens = tokens < 1_400 ? 0 : 1_000, OutputTokens = 350 },
        Estimate = new TokenEstimate
        {
            InputTokens = tokens + 120,
            InputTokensLow = tokens - 400,
            InputTokensHigh = tokens + 600,
            ColdInputTokens = tokens - 800,
            Tokenizer = "o200k_base",
            Sources = new InputBySource
            {
                Tools = 3_000 * tokens / 10_000,
                System = tokens / 10,
                Messages = tokens / 5,
                ToolUses = tokens / 20,
                ToolResults = tokens / 4,
                Thinking = 0,
                Images = tokens / 20,
                Documents = 0,
                Overhead = 500,
            },
        },
    });
}
