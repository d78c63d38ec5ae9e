using Telemetry.Handler.Caching.Forecasting;

namespace Telemetry.Handler.Caching.Replaying;

/// <summary>
/// The tokens up to any place of a prompt. Usage tells them at the place where reading ended, at the last breakpoint and at the end;
/// between these they are shared out by weight.
/// </summary>
internal readonly struct TokenLine
{
    private readonly (int Index, long Weight, long Tokens) _read;
    private readonly (int Index, long Weight, long Tokens) _cached;
    private readonly (long Weight, long Tokens) _end;

    /// <param name="path">The prompt.</param>
    /// <param name="counts">What was counted.</param>
    /// <param name="hit">Where reading ended; -1 where that is not known.</param>
    /// <param name="last">The last breakpoint; -1 where there is none.</param>
    public TokenLine(ref ReplayPath path, in PromptCounts counts, int hit, int last)
    {
        _end = (Math.Max(1, path.WeightAt(path.Count - 1)), counts.Total);
        _cached = counts.Cached > 0 && last >= 0 ? (last, path.WeightAt(last), counts.Cached) : (-1, 0, 0);
        _read = counts.Read > 0 && hit >= 0 && (hit < _cached.Index || _cached.Index < 0) ? (hit, path.WeightAt(hit), counts.Read) : (-1, 0, 0);
    }

    /// <summary>Whether usage told the tokens of a place.</summary>
    public bool IsExact(int index) => index >= 0 && (index == _cached.Index || index == _read.Index);

    /// <summary>The tokens up to a segment's end.</summary>
    public long At(ref ReplayPath path, int index)
    {
        if (index < 0 || IsExact(index))
        {
            return index < 0 ? 0 : index == _cached.Index ? _cached.Tokens : _read.Tokens;
        }

        var weight = path.WeightAt(index);
        return weight <= _read.Weight ? Between((0, 0), (_read.Weight, _read.Tokens), weight)
            : weight <= _cached.Weight ? Between((_read.Weight, _read.Tokens), (_cached.Weight, _cached.Tokens), weight)
            : _cached.Index >= 0 ? Between((_cached.Weight, _cached.Tokens), _end, weight)
            : Between((_read.Weight, _read.Tokens), _end, weight);
    }

    private static long Between((long Weight, long Tokens) from, (long Weight, long Tokens) to, long weight) => to.Weight <= from.Weight
        ? to.Tokens
        : from.Tokens + (long)Math.Round((double)(to.Tokens - from.Tokens) * (weight - from.Weight) / (to.Weight - from.Weight));
}
