using System.IO.Enumeration;
using CostLedger.Pricing;
using CostLedger.Pricing.Rows;
using CostReport.Cli.Arguments;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Requests;

namespace CostReport.Cli.Estimates.Costs;

/// <summary>Compares what a request costs at other models, where and how it is sent now.</summary>
/// <param name="book">The price list.</param>
/// <param name="terms">How the request is sent now.</param>
/// <param name="estimate">Estimates its body for a model.</param>
internal sealed class Comparison(PriceBook book, CallTerms terms, Func<string, PromptEstimate> estimate)
{
    private const string BedrockVendor = "anthropic.";

    /// <summary>The models in use today, the cheapest first, and the one that was asked for.</summary>
    /// <param name="glob">Which; <c>*</c> and <c>?</c> stand for any characters. Empty: all that are not deprecated.</param>
    /// <param name="request">The request's parameters.</param>
    /// <param name="outputTokens">The output that is expected; null where none is.</param>
    /// <exception cref="UserError">No model matches.</exception>
    public IReadOnlyList<ComparedModel> Models(string glob, RequestSnapshot request, long? outputTokens)
    {
        var day = DateOnly.FromDateTime(terms.At.UtcDateTime);
        var asked = new CallPricer(book, terms).Match?.Model;
        var names = book.Rows
            .Where(row => string.Equals(row.Provider, PriceKeys.Anthropic, StringComparison.Ordinal) && row.Covers(day))
            .Where(row => IsInUse(row, day) && (glob.Length == 0 ? !IsDeprecated(row) : FileSystemName.MatchesSimpleExpression(glob, row.Model)))
            .Select(row => row.Model)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (names.Count == 0)
        {
            throw UserError.Usage($"--compare '{SafeText.Short(glob)}' matches no model in use; 'costreport prices list' names them");
        }

        return
        [
            .. names.Concat(asked is null ? [] : [asked])
                .Distinct(StringComparer.Ordinal)
                .Select(model => Compare(model, asked, request, outputTokens))
                .OfType<ComparedModel>()
                .OrderBy(model => model.Costs.Total is null)
                .ThenBy(model => model.Costs.Total)
                .ThenBy(model => model.Model, StringComparer.Ordinal),
        ];
    }

    private ComparedModel? Compare(string model, string? asked, RequestSnapshot request, long? outputTokens)
    {
        var isAsked = string.Equals(model, asked, StringComparison.Ordinal);
        var pricer = new CallPricer(book, isAsked ? terms : terms with { Model = SpelledLikeAsked(model) });
        if (pricer.Row is not { } row)
        {
            return null;
        }

        var tokens = estimate(model);
        return new ComparedModel
        {
            Model = model,
            IsAsked = isAsked,
            Status = row.Status,
            InputTokens = tokens.InputTokens,
            ContextWindow = row.ContextWindow,
            MaxOutput = row.MaxOutput,
            Costs = CostSheet.Of(tokens, request, CachePlan.Breakpoints(tokens, pricer), pricer, outputTokens),
        };
    }

    // A Bedrock profile (us.anthropic.…) decides the price: the others are asked for under the same one.
    private string SpelledLikeAsked(string model)
    {
        var at = terms.Model?.IndexOf(BedrockVendor, StringComparison.OrdinalIgnoreCase) ?? -1;
        return at < 0 ? model : terms.Model![..(at + BedrockVendor.Length)] + model;
    }

    private static bool IsInUse(PriceRow row, DateOnly day) =>
        !(row.Retires <= day) && row.Status?.StartsWith("retired", StringComparison.OrdinalIgnoreCase) != true;

    private static bool IsDeprecated(PriceRow row) => row.Status?.StartsWith("deprecated", StringComparison.OrdinalIgnoreCase) == true;
}
