using System.Collections.Concurrent;
using System.Globalization;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Prompting.Caches;

/// <summary>
/// Puts the ledger's key into the numbers of parameters, so that they mean the same in all processes of a ledger and nothing without
/// the key: a schema or a tool's name could be guessed otherwise.
/// </summary>
internal sealed class SettingsKeys
{
    private const int MostKept = 4_096;

    private readonly ConcurrentDictionary<(char, ulong), ulong> _keyed = new();

    /// <summary>The parameters, keyed.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="hasher">The hasher of the thread.</param>
    public CacheParameters Of(in CacheParameters parameters, SegmentHasher hasher) => parameters with
    {
        Betas = Of('b', parameters.Betas, hasher),
        Speed = Of('s', parameters.Speed, hasher),
        Geo = Of('g', parameters.Geo, hasher),
        ToolChoice = Of('t', parameters.ToolChoice, hasher),
        Thinking = Of('h', parameters.Thinking, hasher),
        Effort = Of('e', parameters.Effort, hasher),
        Format = Of('f', parameters.Format, hasher),
        McpServers = Of('m', parameters.McpServers, hasher),
        Skills = Of('k', parameters.Skills, hasher),
        TaskBudget = Of('l', parameters.TaskBudget, hasher),
        ContextManagement = Of('x', parameters.ContextManagement, hasher),
    };

    private ulong Of(char letter, ulong value, SegmentHasher hasher)
    {
        if (value == 0)
        {
            return 0;
        }

        if (_keyed.TryGetValue((letter, value), out var known))
        {
            return known;
        }

        if (_keyed.Count >= MostKept)
        {
            _keyed.Clear();
        }

        Span<char> name = stackalloc char[32];
        name[0] = letter;
        value.TryFormat(name[1..], out var length, "x", CultureInfo.InvariantCulture);
        var keyed = (ulong)hasher.OfName(name[..(1 + length)]) | 1;
        _keyed[(letter, value)] = keyed;
        return keyed;
    }
}
