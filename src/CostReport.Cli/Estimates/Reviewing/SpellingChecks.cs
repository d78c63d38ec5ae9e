using System.Globalization;
using CostReport.Cli.Arguments;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;
using CostReport.Cli.Estimates.Inputs;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Whether the parameters are spelled as the API takes them, and once.</summary>
internal static class SpellingChecks
{
    private const int Most = 5;

    private static readonly string[] Known =
    [
        "model", "messages", "max_tokens", "system", "tools", "tool_choice", "thinking", "temperature", "top_p", "top_k", "stop_sequences", "stream",
        "metadata", "service_tier", "cache_control", "container", "context_management", "mcp_servers", "output_config", "output_format", "speed",
        "inference_geo", "anthropic_version", "anthropic_beta", "betas", "thread", "diagnostics", "fallbacks",
    ];

    // Of older and of other APIs.
    private static readonly (string Name, string Meant)[] Foreign =
    [
        ("max_tokens_to_sample", "max_tokens"), ("max_completion_tokens", "max_tokens"), ("max_output_tokens", "max_tokens"),
        ("system_prompt", "system"), ("stop", "stop_sequences"), ("prompt", "messages"), ("functions", "tools"),
    ];

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request)
    {
        var names = JsonParts.OfDocument(request.Request.Body).ConvertAll(part => part.Name);
        if (names.Contains("inferenceConfig", StringComparer.Ordinal))
        {
            return [new Finding("converse_body", Severity.Note, "The body is one of Bedrock's Converse: its blocks are counted as the text they are.")];
        }

        return
        [
            .. names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Take(Most)
                .Select(group => new Finding("duplicate_parameter", Severity.Warning, $"{SafeText.Short(group.Key)} stands {group.Count()} times; the last one counts.", SafeText.Short(group.Key))),
            .. Repeated(request),
            .. names.Distinct(StringComparer.Ordinal).Select(Misspelled).OfType<Finding>().Take(Most),
        ];
    }

    // The first message tells: a client that does so does it everywhere.
    private static IEnumerable<Finding> Repeated(EstimatedRequest request)
    {
        if (request.Prompt.RepeatedIn is { } message)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"messages[{message}]");
            yield return new Finding("duplicate_parameter", Severity.Warning, $"{place} has its role or its content twice; the last one counts.", place);
        }
    }

    private static Finding? Misspelled(string name)
    {
        if (Known.Contains(name, StringComparer.Ordinal))
        {
            return null;
        }

        var meant = Foreign.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.Ordinal)).Meant
            ?? Known.FirstOrDefault(known => string.Equals(Bare(known), Bare(name), StringComparison.Ordinal))
            ?? Known.FirstOrDefault(known => known.Length > 4 && Suggestion.Distance(known, name.Length > 64 ? "" : name) == 1);
        return meant is null
            ? null
            : new Finding("misspelled_parameter", Severity.Error, $"'{SafeText.Short(name)}' is no parameter of the Messages API, which calls it {meant}.", SafeText.Short(name));
    }

    private static string Bare(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
