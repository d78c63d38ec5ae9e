using CostLedger.Querying.Prompts;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Prompting.Caches;

/// <summary>Takes calls of a ledger into the cache model: those of other processes, and of this one before it was started anew.</summary>
internal static class PastCalls
{
    /// <summary>Takes in one call. Calls are taken in the order in which they were made.</summary>
    /// <param name="model">The cache model.</param>
    /// <param name="past">The call.</param>
    /// <param name="now">Now, by which the age of the call is told.</param>
    /// <returns>Whether the ledger told enough of it.</returns>
    public static bool TakeIn(CacheForecaster model, PromptedCall past, CacheMoment now)
    {
        var (call, path) = (past.Call, past.Prompt.Path);
        if (past.Prompt.Missing > 0 || call.Usage is null || SettingsText.Parse(path.Settings) is not { } parameters)
        {
            return false;
        }

        var forecast = model.Forecast(
            new CacheRequest
            {
                Call = call.Id,
                Scope = ScopeOf(call),
                Parameters = parameters,
                Prompt = PromptOf(past.Prompt),
            },
            CacheMoment.Of(call.StartedAt, now));
        if (forecast is null)
        {
            return false;
        }

        // What it lost was told when it was made.
        model.Begun(forecast);
        model.Diagnose(forecast, call.Usage, CacheBreaks.ServedModel(call));
        return true;
    }

    /// <summary>Whose cache a call used.</summary>
    public static CacheScope ScopeOf(CallRecord call) =>
        new(call.Provider, WorkspaceHash.Parse(call.Prompt?.Scope), call.Location, call.ModelAlias ?? call.ModelRequested);

    private static SegmentedPrompt PromptOf(StoredPrompt stored)
    {
        var prompt = new SegmentedPrompt { Automatic = stored.Path.Automatic is { } automatic ? LifetimeOf(automatic) : CacheLifetime.None };
        foreach (var node in stored.Nodes)
        {
            prompt.Segments.Add(SegmentOf(node));
        }

        foreach (var (depth, lifetime) in stored.Path.Breakpoints)
        {
            if (depth >= 1 && depth <= prompt.Segments.Count)
            {
                prompt.Segments[depth - 1] = prompt.Segments[depth - 1] with { Breakpoint = LifetimeOf(lifetime) };
            }
        }

        prompt.Messages = prompt.Segments is [.., var last] ? last.Message + 1 : 0;
        return prompt;
    }

    private static Segment SegmentOf(in PromptNode node) => new()
    {
        Level = (CacheLevel)(node.Level - 1),
        Kind = (SegmentKind)node.Kind,
        Role = (SegmentRole)node.Role,
        Message = node.Level == PromptLevel.Messages ? node.Message : -1,
        Block = node.Block,
        Start = 0,
        Length = node.Bytes,
        Hash = node.Segment,
        TextLength = node.TextBytes,
        Tokens = node.Tokens,
    };

    private static CacheLifetime LifetimeOf(PromptLifetime lifetime) =>
        lifetime == PromptLifetime.OneHour ? CacheLifetime.OneHour : CacheLifetime.FiveMinutes;
}
