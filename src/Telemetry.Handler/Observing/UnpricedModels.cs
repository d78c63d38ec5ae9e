using System.Collections.Concurrent;

namespace Telemetry.Handler.Observing;

/// <summary>The models that were seen without a price: each is told of once. Bounded, for model names come from outside.</summary>
internal static class UnpricedModels
{
    private const int MaxModels = 1000;
    private static readonly ConcurrentDictionary<string, bool> Seen = new(StringComparer.Ordinal);

    public static bool IsNew(string model) => Seen.Count < MaxModels && Seen.TryAdd(model, true);
}
