using System.Collections.Concurrent;

namespace Telemetry.Handler.Diagnostics;

/// <summary>Remembers what was said already, up to a bound; after that nothing is new.</summary>
/// <param name="capacity">How many texts are remembered.</param>
internal sealed class FirstTimes(int capacity)
{
    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether <paramref name="text"/> comes for the first time.</summary>
    public bool IsFirst(string text) => !_seen.ContainsKey(text) && _seen.Count < capacity && _seen.TryAdd(text, 0);
}
