using System.Globalization;
using CostLedger.Records;

namespace CostLedger.Pricing.Parts;

/// <summary>
/// What a call is billed for, part by part. Source: Messages API, <c>usage.iterations</c>: the bill is the sum over the
/// iterations, each at its own model's price; the counts at the top leave out compaction and advisor, and are those of the
/// serving attempt after a fallback.
/// </summary>
internal sealed class UsageParts
{
    private const string Message = "message";
    private const string Fallback = "fallback_message";
    private const string Advisor = "advisor_message";

    private UsageParts(IReadOnlyList<UsagePart> parts) => Parts = parts;

    public IReadOnlyList<UsagePart> Parts { get; private init; }

    /// <summary>Whether a hop that declined was left out.</summary>
    public bool HasDeclined { get; private init; }

    /// <summary>The parts as the counts at the top would have them, where these contradict the iterations; else null.</summary>
    public IReadOnlyList<UsagePart>? Otherwise { get; private init; }

    /// <summary>Divides a call's counts.</summary>
    /// <param name="usage">The counts.</param>
    /// <param name="estimate">What stands in for output that was not told; null when nothing does.</param>
    /// <param name="model">The model that answered.</param>
    /// <param name="asked">The model that was asked for; null when the same.</param>
    public static UsageParts Read(TokenUsage usage, TokenEstimate? estimate, string? model, string? asked)
    {
        var whole = Estimated(UsagePart.Of(usage, model), usage, estimate);
        return usage.Iterations.Count == 0
            ? new UsageParts([whole])
            : ReadIterations(usage, whole, asked);
    }

    private static UsageParts ReadIterations(TokenUsage usage, UsagePart whole, string? asked)
    {
        var isFallback = usage.Iterations.Any(iteration => Is(iteration, Fallback));
        var serving = isFallback ? FindServing(usage.Iterations) : -1;
        var servingModel = serving < 0 ? null : usage.Iterations[serving].Model ?? whole.Model;
        var parts = new List<UsagePart>();
        var top = new List<UsagePart>();
        var hasDeclined = false;
        for (var i = 0; i < usage.Iterations.Count; i++)
        {
            var iteration = usage.Iterations[i];
            if (isFallback && i != serving && IsDeclined(iteration))
            {
                hasDeclined = true;
                continue;
            }

            // A hop before a fallback without a model of its own ran on the model that was asked for.
            var model = isFallback && Is(iteration, Message) ? asked ?? whole.Model : whole.Model;
            var part = ReadIteration(iteration, i, model);
            parts.Add(part);
            if (part.IsExecutor && (!isFallback || IsModel(part, servingModel)))
            {
                top.Add(part);
            }
        }

        return Compare(usage, whole, parts, top, hasDeclined);
    }

    private static bool IsDeclined(UsageIteration iteration) => IsExecutor(iteration) && (iteration.OutputTokens ?? 0) == 0;

    private static bool IsModel(UsagePart part, string? model) => string.Equals(part.Model, model, StringComparison.OrdinalIgnoreCase);

    // The iterations against what the top level says of them.
    private static UsageParts Compare(TokenUsage usage, UsagePart whole, List<UsagePart> parts, List<UsagePart> top, bool hasDeclined)
    {
        var others = parts.Where(part => !top.Contains(part));
        var asTold = others.Append(whole).ToList();
        if (top.Count == 0)
        {
            return new UsageParts(asTold) { HasDeclined = hasDeclined };
        }

        var agrees = whole.IsEstimated || Agrees(usage, top);
        return new UsageParts(WithWholePrompt(parts, top)) { HasDeclined = hasDeclined, Otherwise = agrees ? null : asTold };
    }

    private static UsagePart ReadIteration(UsageIteration iteration, int index, string? model) =>
        UsagePart.Of(iteration, iteration.Model ?? model) with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{iteration.Type} {index + 1}"),
            IsExecutor = IsExecutor(iteration),
            HasCallSpeed = !Is(iteration, Advisor),
        };

    // The last hop with output; when none has any, the last of all.
    private static int FindServing(IReadOnlyList<UsageIteration> iterations)
    {
        var serving = -1;
        for (var i = 0; i < iterations.Count; i++)
        {
            var hasOutput = iterations[i].OutputTokens > 0;
            if (IsExecutor(iterations[i]) && (hasOutput || serving < 0 || (iterations[serving].OutputTokens ?? 0) == 0))
            {
                serving = i;
            }
        }

        return serving;
    }

    private static bool Agrees(TokenUsage usage, List<UsagePart> top) =>
        (usage.InputTokens ?? top.Sum(part => part.Input)) == top.Sum(part => part.Input)
        && (usage.OutputTokens ?? top.Sum(part => part.Output)) == top.Sum(part => part.Output)
        && (usage.CacheReadInputTokens ?? top.Sum(part => part.CacheRead)) == top.Sum(part => part.CacheRead)
        && (usage.CacheCreationInputTokens ?? top.Sum(part => part.Write5m + part.Write1h)) == top.Sum(part => part.Write5m + part.Write1h);

    private static List<UsagePart> WithWholePrompt(List<UsagePart> parts, List<UsagePart> top)
    {
        if (top.Count > 1)
        {
            var prompt = top.Sum(part => part.Prompt);
            for (var i = 0; i < parts.Count; i++)
            {
                parts[i] = top.Contains(parts[i]) ? parts[i] with { WholePrompt = prompt } : parts[i];
            }
        }

        return parts;
    }

    // An output estimate stands beside counts only where the answer was cut off before it told its output.
    private static UsagePart Estimated(UsagePart whole, TokenUsage usage, TokenEstimate? estimate)
    {
        whole = whole.IsInputUnknown ? WithInput(whole, estimate) : whole;
        if (estimate?.OutputTokens is not { } output)
        {
            return usage.OutputTokens is null ? whole with { OutputLow = 0, OutputHigh = estimate?.OutputTokensHigh } : whole;
        }

        var told = usage.OutputTokens ?? 0;
        var likely = Math.Max(told, output);
        return whole with
        {
            Output = likely,
            OutputLow = Math.Min(likely, Math.Max(told, estimate.OutputTokensLow ?? 0)),
            OutputHigh = estimate.OutputTokensHigh is { } high ? Math.Max(likely, high) : null,
        };
    }

    private static UsagePart WithInput(UsagePart whole, TokenEstimate? estimate)
    {
        var likely = estimate?.InputTokens ?? 0;
        return whole with
        {
            Input = likely,
            InputHigh = estimate?.InputTokensHigh is { } high ? Math.Max(likely, high) : null,
        };
    }

    private static bool IsExecutor(UsageIteration iteration) => Is(iteration, Message) || Is(iteration, Fallback);

    private static bool Is(UsageIteration iteration, string type) => string.Equals(iteration.Type, type, StringComparison.Ordinal);
}
