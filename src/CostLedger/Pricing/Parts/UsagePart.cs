using CostLedger.Records;

namespace CostLedger.Pricing.Parts;

/// <summary>Tokens that one model used: a whole call, or one of its iterations.</summary>
internal sealed record UsagePart
{
    /// <summary>What it is, for example <c>advisor_message 2</c>; null for a call without iterations.</summary>
    public string? Name { get; init; }

    /// <summary>The model that ran; null when not known.</summary>
    public string? Model { get; init; }

    /// <summary>Whether it answers the call itself, as against an advisor or a compaction.</summary>
    public bool IsExecutor { get; init; } = true;

    /// <summary>Whether the speed that the answer tells is this part's.</summary>
    public bool HasCallSpeed { get; init; } = true;

    public long Input { get; init; }

    /// <summary>The most input tokens; null unless <see cref="IsInputUnknown"/> and bounded.</summary>
    public long? InputHigh { get; init; }

    public long CacheRead { get; init; }

    public long Write5m { get; init; }

    public long Write1h { get; init; }

    public long Output { get; init; }

    /// <summary>The fewest output tokens; null unless <see cref="Output"/> is estimated.</summary>
    public long? OutputLow { get; init; }

    /// <summary>The most output tokens; null unless <see cref="Output"/> is estimated and bounded.</summary>
    public long? OutputHigh { get; init; }

    /// <summary>Whether the provider did not tell the prompt, so that <see cref="Input"/> is an estimate, or zero.</summary>
    public bool IsInputUnknown { get; init; }

    /// <summary>Whether a part of the cache writes has no known lifetime.</summary>
    public bool IsSplitUnknown { get; init; }

    /// <summary>The prompt of all parts that answer the call; zero when this is the only one.</summary>
    public long WholePrompt { get; init; }

    /// <summary>The prompt of this part.</summary>
    public long Prompt => Input + CacheRead + Write5m + Write1h;

    /// <summary>Whether any of it was not told by the provider.</summary>
    public bool IsEstimated => IsInputUnknown || OutputLow is not null;

    /// <summary>Whether there is a most that it can be.</summary>
    public bool IsBounded => (!IsInputUnknown || InputHigh is not null) && (OutputLow is null || OutputHigh is not null);

    public long InputIn(Scenario scenario) => scenario switch
    {
        Scenario.Least when IsInputUnknown => 0,
        Scenario.Most => InputHigh ?? Input,
        _ => Input,
    };

    public long OutputIn(Scenario scenario) => scenario switch
    {
        Scenario.Least => OutputLow ?? Output,
        Scenario.Most => OutputHigh ?? Output,
        _ => Output,
    };

    /// <summary>The counts of an answer as a whole.</summary>
    public static UsagePart Of(TokenUsage usage, string? model) =>
        new UsagePart
        {
            Model = model,
            Input = usage.InputTokens ?? 0,
            IsInputUnknown = usage.TotalInputTokens is null,
            CacheRead = usage.CacheReadInputTokens ?? 0,
            Output = usage.OutputTokens ?? 0,
        }.WithWrites(usage.CacheCreationInputTokens, usage.CacheCreation5mInputTokens ?? 0, usage.CacheCreation1hInputTokens ?? 0);

    /// <summary>The counts of an iteration.</summary>
    public static UsagePart Of(UsageIteration iteration, string? model) =>
        new UsagePart
        {
            Model = model,
            Input = iteration.InputTokens ?? 0,
            CacheRead = iteration.CacheReadInputTokens ?? 0,
            Output = iteration.OutputTokens ?? 0,
        }.WithWrites(iteration.CacheCreationInputTokens, iteration.CacheCreation5mInputTokens ?? 0, iteration.CacheCreation1hInputTokens ?? 0);

    // The total is the later figure (message_delta repeats it, never the split), so it wins. What the split leaves over is
    // the automatic five-minute write of server-tool results. Source: Messages API, prompt caching, and recorded streams.
    private UsagePart WithWrites(long? told, long minutes, long hour)
    {
        var total = told ?? minutes + hour;
        var hourWrites = Math.Min(hour, total);
        return this with
        {
            Write1h = hourWrites,
            Write5m = total - hourWrites,
            IsSplitUnknown = total != minutes + hour,
        };
    }
}
