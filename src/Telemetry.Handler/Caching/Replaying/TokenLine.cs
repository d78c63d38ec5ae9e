using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Caching.Model;

namespace Telemetry.Handler.Caching.Replaying;

/// <summary>
/// The tokens up to any place of a prompt. Usage tells them at the place where reading ended, at the last breakpoint and at the end,
/// and may have told them of the same prefix before; all others are shared out by weight.
/// </summary>
internal readonly struct TokenLine
{
    private readonly TwoGenerations<UInt128, int>? _told;
    private readonly (int Index, long Weight, long Tokens) _read;
    private readonly (int Index, long Weight, long Tokens) _cached;
    private readonly (long Weight, long Tokens) _end;

    /// <param name="path">The prompt.</param>
    /// <param name="counts">What was counted.</param>
    /// <param name="hit">Where reading ended; -1 where that is not known.</param>
    /// <param name="last">The last breakpoint; -1 where there is none.</param>
    /// <param name="told">What usage told of prefixes, by their keys.</param>
    public TokenLine(ref ReplayPath path, in PromptCounts counts, int hit, int last, TwoGenerations<UInt128, int> told)
    {
        _told = path.IsKnown ? told : null;
        _end = (Math.Max(1, path.WeightAt(path.Count - 1)), counts.Total);
        _cached = counts.Cached > 0 && last >= 0 ? (last, path.WeightAt(last), counts.Cached) : (-1, 0, 0);
        _read = counts.Read > 0 && hit >= 0 && (hit < _cached.Index || _cached.Index < 0) ? (hit, path.WeightAt(hit), counts.Read) : (-1, 0, 0);
    }

    /// <summary>Keeps what usage told of this prompt.</summary>
    public void Remember(ref ReplayPath path)
    {
        if (_read.Index >= 0)
        {
            _told?.Set(path[_read.Index], (int)_read.Tokens, weight: 1);
        }

        if (_cached.Index >= 0)
        {
            _told?.Set(path[_cached.Index], (int)_cached.Tokens, weight: 1);
        }
    }

    /// <summary>The tokens up to a segment's end, and whether usage told them.</summary>
    public (long Tokens, bool IsExact) At(ref ReplayPath path, int index)
    {
        if (index < 0)
        {
            return (0, false);
        }

        if (index == _cached.Index || index == _read.Index)
        {
            return (index == _cached.Index ? _cached.Tokens : _read.Tokens, true);
        }

        // Once told is better than estimated, unless what is told of this prompt contradicts it: then thinking was taken out.
        var (least, most) = index < _read.Index ? (0, _read.Tokens) : index < _cached.Index ? (_read.Tokens, _cached.Tokens) : (_cached.Tokens, _end.Tokens);
        return _told is not null && _told.TryGet(path[index], out var told) && told >= least && told <= most
            ? (told, true)
            : (Estimated(path.WeightAt(index)), false);
    }

    private long Estimated(long weight) =>
        weight <= _read.Weight ? Between((0, 0), (_read.Weight, _read.Tokens), weight)
        : weight <= _cached.Weight ? Between((_read.Weight, _read.Tokens), (_cached.Weight, _cached.Tokens), weight)
        : _cached.Index >= 0 ? Between((_cached.Weight, _cached.Tokens), _end, weight)
        : Between((_read.Weight, _read.Tokens), _end, weight);

    private static long Between((long Weight, long Tokens) from, (long Weight, long Tokens) to, long weight) => to.Weight <= from.Weight
        ? to.Tokens
        : from.Tokens + (long)Math.Round((double)(to.Tokens - from.Tokens) * (weight - from.Weight) / (to.Weight - from.Weight));
}
