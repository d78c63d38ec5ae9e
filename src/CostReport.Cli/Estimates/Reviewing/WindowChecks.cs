using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Whether prompt and answer fit the context window, and which price the prompt's length has.</summary>
internal static class WindowChecks
{
    private const double Near = 0.9;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request) => request.Row is null ? [] : [.. Window(request), .. Band(request)];

    private static IEnumerable<Finding> Window(EstimatedRequest request)
    {
        var (input, window) = (request.Estimate.InputTokens, request.Row!.ContextWindow);
        var whole = input + (request.Parameters.MaxTokens ?? 0);
        var size = Figures.Count(window);
        if (input > window)
        {
            yield return new Finding("over_window", Severity.Error, $"The prompt has about {Figures.Count(input)} tokens; the context window holds {size}.");
        }
        else if (whole > window)
        {
            yield return new Finding(
                "answer_over_window",
                Severity.Warning,
                $"Prompt and max_tokens are about {Figures.Count(whole)} tokens, {Figures.Count(whole - window)} more than the context window of {size}: the request is refused, or the answer is cut off.");
        }
        else if (whole > window * Near || request.Estimate.InputTokensHigh > window)
        {
            yield return new Finding(
                "near_window", Severity.Warning, $"Prompt and max_tokens fill {Figures.Percent(whole, window)} of the context window of {size}.");
        }
    }

    private static IEnumerable<Finding> Band(EstimatedRequest request)
    {
        var bands = request.Row!.LongContext;
        var (input, high) = (request.Estimate.InputTokens, request.Estimate.InputTokensHigh);
        for (var i = 0; i < bands.Count; i++)
        {
            var over = Figures.Count(bands[i].Over);
            if (input > bands[i].Over)
            {
                yield return new Finding("long_context_price", Severity.Warning, $"The prompt is above {over} tokens: every token of the call has the price of long prompts.");
            }
            else if (high > bands[i].Over)
            {
                yield return new Finding("near_long_context_price", Severity.Warning, $"The prompt may be above {over} tokens, where every token of the call has the price of long prompts.");
            }
        }
    }
}
