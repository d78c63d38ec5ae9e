using CostLedger.Records;

namespace Telemetry.Handler.Labels;

/// <summary>The keys of labels in <see cref="HttpRequestMessage.Options"/>.</summary>
internal static class LabelKeys
{
    public static readonly HttpRequestOptionsKey<string> Session = new("costledger.session");
    public static readonly HttpRequestOptionsKey<string> Conversation = new("costledger.conversation");
    public static readonly HttpRequestOptionsKey<int> Turn = new("costledger.turn");
    public static readonly HttpRequestOptionsKey<IReadOnlyDictionary<string, string>> Tags = new("costledger.tags");
    public static readonly HttpRequestOptionsKey<NanoUsd> MaxCost = new("costledger.max_cost");
}
