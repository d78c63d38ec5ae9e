using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Whether the parameters fit each other and the model.</summary>
internal static class ParameterChecks
{
    private const long LeastThinkingBudget = 1_024;

    // The official SDKs refuse what takes more than ten minutes at 128,000 tokens an hour without a stream.
    private const long MostWithoutStream = 21_333;

    // Source: Anthropic, API overview, 2026-08-21: 32 MB a request, 256 MB a batch.
    private const long MostBytes = 32 * 1024 * 1024;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request) =>
        [.. MaxTokens(request), .. Thinking(request), .. Size(request)];

    private static IEnumerable<Finding> MaxTokens(EstimatedRequest request)
    {
        if (request.Parameters.MaxTokens is not { } most)
        {
            yield return new Finding("no_max_tokens", Severity.Error, "There is no max_tokens: the API refuses the request, and nothing bounds its cost.");
            yield break;
        }

        if (request.Row is { } row && most > row.MaxOutput)
        {
            yield return new Finding(
                "max_tokens_above_limit", Severity.Error, $"max_tokens is {Figures.Count(most)}, but {row.Model} gives at most {Figures.Count(row.MaxOutput)}.", "max_tokens");
        }

        var streams = request.Request.IsStream ?? request.Parameters.Stream ?? false;
        if (!streams && !request.Terms.IsBatch && most > MostWithoutStream)
        {
            yield return new Finding(
                "long_answer_without_stream", Severity.Note, $"An answer of {Figures.Count(most)} tokens without a stream may take longer than connections are kept open; set \"stream\": true.", "max_tokens");
        }
    }

    private static IEnumerable<Finding> Thinking(EstimatedRequest request)
    {
        if (request.Parameters.ThinkingBudget is not { } budget)
        {
            yield break;
        }

        var isInterleaved = request.Parameters.BetasInBody.Any(beta => beta.StartsWith("interleaved-thinking", StringComparison.Ordinal));
        if (request.Parameters.MaxTokens is { } most && budget >= most && !isInterleaved)
        {
            yield return new Finding(
                "thinking_budget_too_large",
                Severity.Error,
                $"The thinking budget of {Figures.Count(budget)} leaves nothing of max_tokens, {Figures.Count(most)}, for an answer: the API refuses it.",
                "thinking.budget_tokens");
        }

        if (budget < LeastThinkingBudget)
        {
            yield return new Finding(
                "thinking_budget_too_small", Severity.Error, $"The thinking budget is {Figures.Count(budget)}; the least is {Figures.Count(LeastThinkingBudget)}.", "thinking.budget_tokens");
        }
    }

    private static IEnumerable<Finding> Size(EstimatedRequest request)
    {
        if (request.Request.Body.Length > MostBytes)
        {
            yield return new Finding("body_too_large", Severity.Error, $"The body has {Figures.Bytes(request.Request.Body.Length)}; the API takes 32 MB.");
        }
    }
}
