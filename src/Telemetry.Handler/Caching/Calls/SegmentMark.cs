using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Calls;

/// <summary>What is remembered of a segment: enough to compare it, to name its place and to share out tokens. 16 bytes.</summary>
internal readonly record struct SegmentMark
{
    private const int LevelBits = 2;

    private readonly ushort _message;
    private readonly byte _block;
    private readonly byte _levelAndKind;

    public SegmentMark(in Segment segment)
    {
        Hash = HashOf(segment);
        Weight = WeightOf(segment);
        _message = (ushort)Math.Clamp(segment.Message, 0, ushort.MaxValue);
        _block = (byte)Math.Min(segment.Block, byte.MaxValue);
        _levelAndKind = (byte)((int)segment.Level | ((int)segment.Kind << LevelBits));
    }

    /// <summary>What tells its content and who speaks; half of the segment's hash.</summary>
    public ulong Hash { get; }

    /// <summary>Its share of the prompt's tokens.</summary>
    public int Weight { get; }

    public CacheLevel Level => (CacheLevel)(_levelAndKind & ((1 << LevelBits) - 1));

    public SegmentKind Kind => (SegmentKind)(_levelAndKind >> LevelBits);

    /// <summary>The message, from 0; of a message beyond 65,535 that number.</summary>
    public int Message => _message;

    /// <summary>Its place within the level or the message; 255 for later ones.</summary>
    public int Block => _block;

    /// <summary>The hash that a segment's mark has.</summary>
    public static ulong HashOf(in Segment segment) => (ulong)segment.Hash + (ulong)segment.Role;

    /// <summary>A segment's share of the prompt's tokens: tokens where somebody counted, otherwise by its length.</summary>
    public static int WeightOf(in Segment segment)
    {
        // Four bytes of text a token; an image about as much as one at full size; four tokens for the frame of a block.
        const int BytesPerToken = 4;
        const int TokensPerImage = 1_500;
        const int Frame = 4;
        var text = segment.Tokens > 0 ? segment.Tokens : (segment.TextLength + BytesPerToken - 1) / BytesPerToken;
        return text + (segment.Media.Count * TokensPerImage) + Frame;
    }
}
