using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Caching.Replaying;

namespace CostReport.Cli.Whatifs.Assuming;

/// <summary>Turns what a call was billed for into what it would be billed for. Pure: counts in, counts out.</summary>
/// <param name="assumption">What is different.</param>
internal sealed class UsageShift(Assumption assumption)
{
    /// <summary>What the price then depends on.</summary>
    /// <param name="request">What it depends on now; with usage.</param>
    /// <param name="replayed">What the call reads and writes then; null where that stays.</param>
    /// <returns>The request; the same one where nothing changes.</returns>
    public PricingRequest Apply(PricingRequest request, ReplayedCall? replayed)
    {
        if (request.Usage is not { } usage)
        {
            return request;
        }

        var then = assumption.NoCache ? WithoutCache(usage) : replayed is { LeftOut: LeftOutReason.None } split ? Split(usage, split) : usage;
        then = Served(then, request);
        if (assumption.Model is not { } model)
        {
            return ReferenceEquals(then, usage) ? request : request with { Usage = then };
        }

        var ratio = model.RatioOf(request.Model).Likely;
        return request with { Model = model.Name, Usage = Scaled(then, model.Name, ratio), Estimate = Scaled(request.Estimate, ratio) };
    }

    /// <summary>Whether the call asked for fast mode, which it cannot have then.</summary>
    public bool LosesFast(PricingRequest request) => IsFast(request.Usage) && (assumption.Batch || assumption.Model is { Row.Fast.Count: 0 });

    private TokenUsage Served(TokenUsage usage, PricingRequest request)
    {
        usage = LosesFast(request) ? usage with { Speed = "standard" } : usage;
        usage = assumption.Batch && !Is(usage.ServiceTier, "batch") ? usage with { ServiceTier = "batch" } : usage;
        return assumption.Geo is { } geo && !Is(usage.InferenceGeo, geo) ? usage with { InferenceGeo = geo } : usage;
    }

    private static TokenUsage Split(TokenUsage usage, ReplayedCall split)
    {
        var isSame = split.Read == (usage.CacheReadInputTokens ?? 0) && split.Input == (usage.InputTokens ?? 0)
            && split.Write1h == (usage.CacheCreation1hInputTokens ?? 0);
        return isSame ? usage : usage with
        {
            InputTokens = split.Input,
            CacheReadInputTokens = split.Read,
            CacheCreationInputTokens = split.Write5m + split.Write1h,
            CacheCreation5mInputTokens = split.Write5m,
            CacheCreation1hInputTokens = split.Write1h,
            Iterations = usage.Iterations.Count == 0 ? [] :
            [
                usage.Iterations[0] with
                {
                    InputTokens = split.Input,
                    CacheReadInputTokens = split.Read,
                    CacheCreationInputTokens = split.Write5m + split.Write1h,
                    CacheCreation5mInputTokens = split.Write5m,
                    CacheCreation1hInputTokens = split.Write1h,
                },
            ],
        };
    }

    private static TokenUsage WithoutCache(TokenUsage usage)
    {
        var written = usage.CacheCreationInputTokens ?? (usage.CacheCreation5mInputTokens ?? 0) + (usage.CacheCreation1hInputTokens ?? 0);
        return (usage.CacheReadInputTokens ?? 0) + written == 0 && usage.Iterations.Count == 0 ? usage : usage with
        {
            InputTokens = usage.TotalInputTokens is null && written == 0 ? null : (usage.InputTokens ?? 0) + (usage.CacheReadInputTokens ?? 0) + written,
            CacheReadInputTokens = usage.CacheReadInputTokens is null ? null : 0,
            CacheCreationInputTokens = usage.CacheCreationInputTokens is null ? null : 0,
            CacheCreation5mInputTokens = usage.CacheCreation5mInputTokens is null ? null : 0,
            CacheCreation1hInputTokens = usage.CacheCreation1hInputTokens is null ? null : 0,
            Iterations = [.. usage.Iterations.Select(WithoutCache)],
        };
    }

    private static UsageIteration WithoutCache(UsageIteration iteration)
    {
        var written = iteration.CacheCreationInputTokens ?? (iteration.CacheCreation5mInputTokens ?? 0) + (iteration.CacheCreation1hInputTokens ?? 0);
        return iteration with
        {
            InputTokens = (iteration.InputTokens ?? 0) + (iteration.CacheReadInputTokens ?? 0) + written,
            CacheReadInputTokens = 0,
            CacheCreationInputTokens = 0,
            CacheCreation5mInputTokens = 0,
            CacheCreation1hInputTokens = 0,
        };
    }

    private static TokenUsage Scaled(TokenUsage usage, string model, double ratio) => usage with
    {
        InputTokens = Scaled(usage.InputTokens, ratio),
        OutputTokens = Scaled(usage.OutputTokens, ratio),
        ThinkingTokens = Scaled(usage.ThinkingTokens, ratio),
        CacheReadInputTokens = Scaled(usage.CacheReadInputTokens, ratio),
        CacheCreationInputTokens = Scaled(usage.CacheCreationInputTokens, ratio),
        CacheCreation5mInputTokens = Scaled(usage.CacheCreation5mInputTokens, ratio),
        CacheCreation1hInputTokens = Scaled(usage.CacheCreation1hInputTokens, ratio),
        Iterations = [.. usage.Iterations.Select(iteration => IsAdvisor(iteration) ? iteration : Scaled(iteration, model, ratio))],
    };

    private static UsageIteration Scaled(UsageIteration iteration, string model, double ratio) => iteration with
    {
        Model = iteration.Model is null ? null : model,
        InputTokens = Scaled(iteration.InputTokens, ratio),
        OutputTokens = Scaled(iteration.OutputTokens, ratio),
        CacheReadInputTokens = Scaled(iteration.CacheReadInputTokens, ratio),
        CacheCreationInputTokens = Scaled(iteration.CacheCreationInputTokens, ratio),
        CacheCreation5mInputTokens = Scaled(iteration.CacheCreation5mInputTokens, ratio),
        CacheCreation1hInputTokens = Scaled(iteration.CacheCreation1hInputTokens, ratio),
    };

    private static TokenEstimate? Scaled(TokenEstimate? estimate, double ratio) => estimate is null ? null : estimate with
    {
        InputTokens = Scaled(estimate.InputTokens, ratio),
        InputTokensHigh = Scaled(estimate.InputTokensHigh, ratio),
        OutputTokens = Scaled(estimate.OutputTokens, ratio),
        OutputTokensLow = Scaled(estimate.OutputTokensLow, ratio),
        OutputTokensHigh = Scaled(estimate.OutputTokensHigh, ratio),
    };

    private static long? Scaled(long? tokens, double ratio) => tokens is { } count && ratio != 1 ? (long)Math.Round(count * ratio) : tokens;

    // An advisor is chosen by itself.
    private static bool IsAdvisor(UsageIteration iteration) => string.Equals(iteration.Type, "advisor_message", StringComparison.Ordinal);

    private static bool IsFast(TokenUsage? usage) => Is(usage?.Speed, "fast");

    private static bool Is(string? told, string word) => string.Equals(told, word, StringComparison.OrdinalIgnoreCase);
}
