using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Answering;
using CostReport.Cli.Estimates.Costs;

namespace CostReport.Cli.Estimates.Showing;

/// <summary>Estimates as exact rows, for CSV.</summary>
internal static class EstimateData
{
    /// <summary>A row a model where models are compared; else a row a block, and one for what belongs to none.</summary>
    public static Dataset Of(EstimateAnswer answer) => answer switch
    {
        { Compared: { } models } => OfModels(models),
        { Estimated: { } estimated } => OfBlocks(estimated),
        _ => OfMany([answer]),
    };

    /// <summary>A row a request.</summary>
    public static Dataset OfMany(IEnumerable<EstimateAnswer> answers) => new(
        "requests",
        [
            "line", "custom_id", "model", "input_tokens", "input_tokens_low", "input_tokens_high", "cost_usd", "cost_usd_low", "cost_usd_high", "max_cost_usd",
            "first_call_input_cost_usd", "later_call_input_cost_usd", "warnings", "error",
        ],
        answers.Select(OfRequest));

    private static IReadOnlyList<Field> OfRequest(EstimateAnswer answer)
    {
        var estimated = answer.Estimated;
        return
        [
            Field.Of(answer.Line), Field.Of(answer.Request?.CustomId), Field.Of(estimated?.Terms.Model),
            Field.Of(estimated?.Estimate.InputTokens), Field.Of(estimated?.Estimate.InputTokensLow), Field.Of(estimated?.Estimate.InputTokensHigh),
            Field.Of(estimated?.Costs.Total), Field.Of(estimated?.Costs.Low), Field.Of(estimated?.Costs.High), Field.Of(estimated?.Costs.Most),
            Field.Of(estimated?.Costs.FirstInput), Field.Of(estimated?.Costs.LaterInput),
            Field.Of(string.Join(' ', answer.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal))), Field.Of(answer.Error?.Message),
        ];
    }

    private static Dataset OfModels(IReadOnlyList<ComparedModel> models) => new(
        "models",
        ["model", "status", "input_tokens", "context_window", "max_output_tokens", "cost_usd", "max_cost_usd", "first_call_input_cost_usd", "later_call_input_cost_usd"],
        models.Select(IReadOnlyList<Field> (model) =>
        [
            Field.Of(model.Model), Field.Of(model.Status), Field.Of(model.InputTokens), Field.Of(model.ContextWindow), Field.Of(model.MaxOutput),
            Field.Of(model.Costs.Total), Field.Of(model.Costs.Most), Field.Of(model.Costs.FirstInput), Field.Of(model.Costs.LaterInput),
        ]));

    private static Dataset OfBlocks(EstimatedRequest estimated) => new(
        "segments",
        ["place", "source", "input_tokens", "input_cost_usd", "start", "length", "breakpoint", "prefix_tokens"],
        [.. estimated.Estimate.Segments.Select((_, i) => OfBlock(estimated, i)), Added(estimated)]);

    private static IReadOnlyList<Field> OfBlock(EstimatedRequest estimated, int index)
    {
        var segment = estimated.Estimate.Segments[index];
        var breakpoint = estimated.Breakpoints.FirstOrDefault(b => b.Segment == index);
        return
        [
            Field.Of(segment.Place), Field.Of(EstimateJson.NameOf(segment.Source)), Field.Of(segment.Tokens), Field.Of(estimated.Costs.OfInput(segment.Tokens)),
            Field.Of(segment.Start), Field.Of(segment.Length), Field.Of(SegmentTable.Lifetime(segment.CacheLifetime)), Field.Of(breakpoint?.PrefixTokens),
        ];
    }

    private static IReadOnlyList<Field> Added(EstimatedRequest estimated)
    {
        var tokens = CachePlan.Added(estimated.Estimate);
        return [Field.Null, Field.Of("overhead"), Field.Of(tokens), Field.Of(estimated.Costs.OfInput(tokens)), Field.Null, Field.Null, Field.Null, Field.Null];
    }
}
