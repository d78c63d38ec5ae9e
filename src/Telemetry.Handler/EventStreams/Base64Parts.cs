using System.Buffers;
using System.Buffers.Text;

namespace Telemetry.Handler.EventStreams;

/// <summary>Undoes base64 that arrives in pieces. The last group is held back, since only the last may be padded.</summary>
internal sealed class Base64Parts
{
    /// <summary>The characters that are decoded together.</summary>
    public const int Group = 4;

    private readonly byte[] _held = new byte[Group];
    private int _heldLength;

    /// <summary>Whether something was no base64. Nothing more is decoded then.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        _heldLength = 0;
        HasFailed = false;
    }

    /// <summary>Decodes some of the text.</summary>
    /// <param name="text">The text; what was taken is cut off the front. Call again until none is left.</param>
    /// <param name="target">Where the bytes go; three at least.</param>
    /// <returns>The number of bytes; zero does not mean that none is left to take.</returns>
    public int Decode(ref ReadOnlySpan<byte> text, Span<byte> target)
    {
        if (HasFailed)
        {
            text = [];
            return 0;
        }

        if (_heldLength == 0 && text.Length > Group)
        {
            return DecodeGroups(ref text, target);
        }

        // Another character shows that a full group was not the last.
        if (_heldLength == Group)
        {
            _heldLength = 0;
            return DecodeHeld(Group, target, isLast: false);
        }

        var part = text[..Math.Min(Group - _heldLength, text.Length)];
        part.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += part.Length;
        text = text[part.Length..];
        return 0;
    }

    /// <summary>There is no more text.</summary>
    /// <param name="target">Where the last bytes go; three at least.</param>
    /// <returns>The number of bytes.</returns>
    public int Finish(Span<byte> target)
    {
        var length = _heldLength;
        _heldLength = 0;
        return HasFailed ? 0 : DecodeHeld(length, target, isLast: true);
    }

    private int DecodeGroups(ref ReadOnlySpan<byte> text, Span<byte> target)
    {
        var groups = Math.Min((text.Length - 1) / Group, target.Length / 3);
        var status = Base64.DecodeFromUtf8(text[..(groups * Group)], target, out var taken, out var length, isFinalBlock: false);

        // White space, which the decoder would pass over, is no part of base64 here: it would shift the groups.
        HasFailed = status != OperationStatus.Done || taken != groups * Group || length != groups * 3;
        text = HasFailed ? [] : text[taken..];
        return length;
    }

    private int DecodeHeld(int length, Span<byte> target, bool isLast)
    {
        var status = Base64.DecodeFromUtf8(_held.AsSpan(0, length), target, out var taken, out var written, isLast);
        HasFailed = status != OperationStatus.Done || taken != length || (!isLast && written != 3);
        return written;
    }
}
