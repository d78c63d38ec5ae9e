using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;
using CostReport.Cli.Estimates.Inputs;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Whether the parameters fit each other and the model.</summary>
internal static class ParameterChecks
{
    // Our own rule: at 35 tokens a second such an answer takes the ten minutes that the official SDKs wait.
    private const long MuchWithoutStream = 21_000;

    private const long Megabyte = 1024 * 1024;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request) =>
        [.. MaxTokens(request), .. Thinking(request), .. Size(request)];

    private static IEnumerable<Finding> MaxTokens(EstimatedRequest request)
    {
        if (request.Parameters.MaxTokens is not { } most)
        {
            yield return JsonParts.Find(JsonParts.OfDocument(request.Request.Body), "max_tokens") is null
                ? new Finding("no_max_tokens", Severity.Error, "There is no max_tokens: the API refuses the request, and nothing bounds its cost.")
                : new Finding("max_tokens_invalid", Severity.Error, "max_tokens is no whole number from 0: the API refuses the request, and nothing bounds its cost.", "max_tokens");
            yield break;
        }

        if (request.Row is { } row && most > row.MaxOutput)
        {
            yield return new Finding(
                "max_tokens_above_limit", Severity.Error, $"max_tokens is {Figures.Count(most)}, but {row.Model} gives at most {Figures.Count(row.MaxOutput)}.", "max_tokens");
        }

        var streams = request.Request.IsStream ?? request.Parameters.Stream ?? false;
        if (!streams && !request.Terms.IsBatch && most > MuchWithoutStream)
        {
            yield return new Finding(
                "long_answer_without_stream", Severity.Note, $"An answer of {Figures.Count(most)} tokens without a stream may take longer than clients wait (the official SDKs: 10 minutes); set \"stream\": true.", "max_tokens");
        }
    }

    private static IEnumerable<Finding> Thinking(EstimatedRequest request)
    {
        if (request.Parameters.ThinkingBudget is not { } budget)
        {
            yield break;
        }

        if (request.Parameters.MaxTokens is { } most && budget >= most && !request.IsInterleaved)
        {
            yield return new Finding(
                "thinking_budget_too_large",
                Severity.Error,
                $"The thinking budget of {Figures.Count(budget)} leaves nothing of max_tokens, {Figures.Count(most)}, for an answer.",
                "thinking.budget_tokens");
        }
    }

    private static IEnumerable<Finding> Size(EstimatedRequest request)
    {
        var most = MostMegabytes(request.Terms.Provider);
        if (request.Request.Body.Length > most * Megabyte)
        {
            yield return new Finding("body_too_large", Severity.Error, $"The body has {Figures.Bytes(request.Request.Body.Length)}; {request.Terms.Provider.Name()} takes {most} MB.");
        }
    }

    // Source: Anthropic, API overview, 2026-08-21, with the limits of AWS and Google.
    private static long MostMegabytes(Provider provider) => provider switch
    {
        Provider.Bedrock or Provider.BedrockMantle => 20,
        Provider.Vertex => 30,
        _ => 32,
    };
}
