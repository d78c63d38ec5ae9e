using CostLedger.Records;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Events;

/// <summary>What log events tell of breaks of the prompt cache.</summary>
internal static class CacheEvents
{
    /// <summary>A call is about to lose something.</summary>
    public static EventState Expected(CallId call, string? model, CacheBreak lost) =>
        With(new EventState($"The prompt cache will be lost from {lost.Place} on ({lost.Reason}): about {lost.TokensLost} tokens, {Money(lost)}."), lost)
            .With(CostLedgerTags.CallId, call.ToString())
            .With(GenAi.RequestModel, model);

    /// <summary>A call lost something.</summary>
    public static EventState Lost(CallRecord record, CacheBreak lost) =>
        With(new EventState($"The prompt cache was lost from {lost.Place} on ({lost.Reason}): {lost.TokensLost} tokens, {Money(lost)}."), lost)
            .With(CostLedgerTags.CallId, record.Id.ToString())
            .With(GenAi.ProviderName, TagValues.ProviderName(record.Provider))
            .With(GenAi.RequestModel, record.ModelRequested)
            .With(GenAi.ResponseModel, record.ModelServed);

    private static string Money(CacheBreak lost) => lost.CostLost is { } cost ? $"{cost} USD" : "no price";

    private static EventState With(EventState state, CacheBreak lost) => state
        .With(CostLedgerTags.CacheBreakReason, lost.Reason)
        .With(CostLedgerTags.CacheBreakSegment, CacheTags.NameOf(lost.Level))
        .With(CostLedgerTags.CacheBreakIndex, lost.Item)
        .With(CostLedgerTags.CacheBreakPlace, lost.Place)
        .With(CostLedgerTags.CacheBreakLostTokens, lost.TokensLost)
        .With(CostLedgerTags.CacheBreakCost, lost.CostLost?.ToDouble())
        .With(CostLedgerTags.CacheBreakComparedWith, lost.ComparedWith?.ToString());
}
