using CostLedger.Records;

namespace Telemetry.Handler.Recording;

/// <summary>Keeps what of an answer came when: its first blocks and its longest silences. All times count from the attempt's start.</summary>
internal sealed class PartsWatch
{
    /// <summary>Blocks beyond these are not kept.</summary>
    public const int MostBlocks = 32;

    /// <summary>Of more silences the longest are kept.</summary>
    public const int MostSilences = 8;

    private const int LongestKind = 64;
    private const string UnknownKind = "unknown";

    private readonly List<AnswerPart> _blocks = [];
    private List<AnswerPart>? _silences;
    private AnswerPart? _open;

    /// <summary>From here on a silence is kept.</summary>
    public static TimeSpan SilenceFrom { get; } = TimeSpan.FromSeconds(1);

    /// <summary>A block began; one that was open has ended.</summary>
    /// <param name="kind">Its type, as the provider named it.</param>
    /// <param name="at">When.</param>
    public void Begin(string? kind, TimeSpan at)
    {
        End(at);
        if (_blocks.Count < MostBlocks)
        {
            _open = new AnswerPart(kind is null ? UnknownKind : kind.Length > LongestKind ? kind[..LongestKind] : kind, at, at);
        }
    }

    /// <summary>The open block ended.</summary>
    public void End(TimeSpan at)
    {
        if (_open is { } open)
        {
            _blocks.Add(open with { End = at });
            _open = null;
        }
    }

    /// <summary>Nothing came for a time in which the caller waited.</summary>
    public void Silence(TimeSpan start, TimeSpan end)
    {
        if (end - start < SilenceFrom)
        {
            return;
        }

        var silences = _silences ??= [];
        if (silences.Count == MostSilences)
        {
            var shortest = Shortest(silences);
            if (Length(silences[shortest]) >= end - start)
            {
                return;
            }

            silences.RemoveAt(shortest);
        }

        silences.Add(new AnswerPart(AnswerPart.Silence, start, end));
    }

    /// <summary>What came until a moment, by its start.</summary>
    /// <param name="silentSince">Since when the caller waits and nothing comes; null where it does not wait.</param>
    /// <param name="end">The moment.</param>
    public IReadOnlyList<AnswerPart> Until(TimeSpan? silentSince, TimeSpan end)
    {
        var parts = new List<AnswerPart>(_blocks);
        if (_open is { } open)
        {
            parts.Add(open with { End = end });
        }

        parts.AddRange(_silences ?? []);
        if (silentSince is { } from && end - from >= SilenceFrom)
        {
            parts.Add(new AnswerPart(AnswerPart.Silence, from, end));
        }

        if (parts.Count > 1)
        {
            parts.Sort(static (one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.End.CompareTo(one.End));
        }

        return parts;
    }

    private static int Shortest(List<AnswerPart> silences)
    {
        var shortest = 0;
        for (var i = 1; i < silences.Count; i++)
        {
            shortest = Length(silences[i]) < Length(silences[shortest]) ? i : shortest;
        }

        return shortest;
    }

    private static TimeSpan Length(AnswerPart part) => part.End - part.Start;
}
