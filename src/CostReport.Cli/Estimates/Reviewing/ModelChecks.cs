using System.Globalization;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Whether the model is known, priced and still there.</summary>
internal static class ModelChecks
{
    // All models from 4.6 on refuse it. Source: Anthropic, API errors.
    private static readonly string[] TakePrefill =
    [
        "claude-2", "claude-instant", "claude-3", "claude-opus-4-2", "claude-opus-4-1", "claude-opus-4-5", "claude-sonnet-4-2", "claude-sonnet-4-5", "claude-haiku-4-5",
    ];

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request)
    {
        if (request.Match is not { } match)
        {
            return [new Finding("no_model", Severity.Warning, "Nothing names the model: there is no price, and tokens are those of the newest tokenizer; give --model.")];
        }

        return [.. Name(request, match.Model, match.IsGuess, match.Explanation), .. Price(request), .. Life(request), .. Prefill(request)];
    }

    private static IEnumerable<Finding> Name(EstimatedRequest request, string? model, bool isGuess, string why)
    {
        var asked = SafeText.Short(request.Terms.Model ?? "");
        if (model is null)
        {
            yield return new Finding("unknown_model", Severity.Warning, $"The model '{asked}' is not known: there is no price, and tokens are those of the newest tokenizer; --model names another.");
        }
        else if (isGuess)
        {
            yield return new Finding("guessed_model", Severity.Note, $"'{asked}' was taken for {model}: {why}.");
        }

        if (request.Request.Model is { } url && request.Parameters.Model is { } body && !string.Equals(url, body, StringComparison.OrdinalIgnoreCase))
        {
            yield return new Finding("model_twice", Severity.Note, $"The URL names the model '{SafeText.Short(url)}', the body '{SafeText.Short(body)}'.", "model");
        }
    }

    private static IEnumerable<Finding> Price(EstimatedRequest request)
    {
        if (request.Match?.Model is not null && request.Costs.Unpriced is { } reason)
        {
            yield return new Finding("unpriced_model", Severity.Warning, $"There is no price: {reason}.");
        }

        if (request.Costs.Marks.Contains(CostMarks.FastPriceUnknown, StringComparer.Ordinal))
        {
            yield return new Finding("fast_unavailable", Severity.Warning, "The request asks for fast mode, which this model does not have there: the standard price was taken.", "speed");
        }

        if (request.Parameters.HasServerWork)
        {
            yield return new Finding("server_work", Severity.Note, "Tools or parameters of the request let the provider do more than answer: what that adds is not in the estimate, and nothing bounds it.");
        }
    }

    private static IEnumerable<Finding> Life(EstimatedRequest request)
    {
        if (request.Row is not { } row)
        {
            yield break;
        }

        var day = DateOnly.FromDateTime(request.Terms.At.UtcDateTime);
        var isRetired = row.Retires <= day || row.Status?.StartsWith("retired", StringComparison.OrdinalIgnoreCase) == true;
        if (isRetired)
        {
            yield return new Finding("retired_model", Severity.Error, $"{row.Model} was retired{On(row.Retires)}: calls fail.", "model");
        }
        else if (row.Retires is { } retires)
        {
            yield return new Finding("deprecated_model", Severity.Warning, string.Create(CultureInfo.InvariantCulture, $"{row.Model} is deprecated and retires on {retires:yyyy-MM-dd}."), "model");
        }
        else if (row.Status?.StartsWith("deprecated", StringComparison.OrdinalIgnoreCase) == true)
        {
            yield return new Finding("deprecated_model", Severity.Warning, $"{row.Model} is deprecated.", "model");
        }
    }

    // A turn that the provider paused in its own tools ends with them, and is gone on with.
    private static IEnumerable<Finding> Prefill(EstimatedRequest request)
    {
        if (request is { Row.Model: { } model, Prompt.Segments: [.., { Level: CacheLevel.Messages, Role: SegmentRole.Assistant, Kind: SegmentKind.Text }] }
            && !Array.Exists(TakePrefill, beginning => model.StartsWith(beginning, StringComparison.Ordinal)))
        {
            yield return new Finding(
                "prefill_refused",
                Severity.Error,
                $"The last message is the assistant's: {model} refuses an answer that is begun for it; ask for its form by output_config.format or in the system prompt.",
                request.Estimate.Segments[^1].Place);
        }
    }

    private static string On(DateOnly? day) => day is { } known ? string.Create(CultureInfo.InvariantCulture, $" on {known:yyyy-MM-dd}") : "";
}
