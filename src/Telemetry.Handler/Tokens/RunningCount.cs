using System.Buffers;

namespace Telemetry.Handler.Tokens;

/// <summary>
/// Counts the tokens of a text while it arrives, however it is cut: the count at its end is the one of the whole text. Parts are
/// only kept when they come, and counted together when somebody asks or the buffer is full; the last pieces wait for what
/// follows them. Memory is bounded: of a piece that is longer than half the buffer, the parts are counted each by itself.
/// Allocates nothing once its buffer is rented. For one thread at a time.
/// </summary>
/// <param name="counter">Counts.</param>
internal sealed class RunningCount(TokenCounter counter)
{
    /// <summary>The most that waits to be counted, in bytes.</summary>
    public const int BufferBytes = 2_048;

    private byte[]? _buffer;
    private int _length;
    private int _committed;
    private int _seen;
    private long _counted;
    private int _tail;

    /// <summary>The tokens of all that was committed, as if the text ended there.</summary>
    public long Tokens
    {
        get
        {
            if (_seen != _committed)
            {
                Settle(_committed);
                _tail = counter.Count(_buffer.AsSpan(0, _committed));
                _seen = _committed;
            }

            return _counted + _tail;
        }
    }

    /// <summary>At most how many tokens there are, known without counting: a token has at least one byte.</summary>
    public long MostTokens => _counted + _committed;

    /// <summary>Takes a part of the text; it counts when it is committed.</summary>
    public void Append(ReadOnlySpan<byte> part)
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferBytes);
        while (part.Length > BufferBytes - _length)
        {
            var fitting = part[..(BufferBytes - _length)];
            fitting.CopyTo(_buffer.AsSpan(_length));
            part = part[fitting.Length..];
            _length = BufferBytes;
            MakeRoom();
        }

        part.CopyTo(_buffer.AsSpan(_length));
        _length += part.Length;
    }

    /// <summary>What was appended belongs to the text.</summary>
    public void Commit() => _committed = _length;

    /// <summary>Forgets what was appended since the last commit, except for what had to be counted to make room.</summary>
    public void Rollback() => _length = _committed;

    /// <summary>The text is over; what comes next begins another.</summary>
    /// <returns>The tokens of what was committed of it.</returns>
    public long Take()
    {
        var tokens = Tokens;
        _length -= _committed;
        _buffer.AsSpan(_committed, _length).CopyTo(_buffer);
        (_committed, _seen, _counted, _tail) = (0, 0, 0, 0);
        return tokens;
    }

    /// <summary>Gives the buffer back; what was not taken is forgotten.</summary>
    public void Release()
    {
        (_length, _committed, _seen, _counted, _tail) = (0, 0, 0, 0, 0);
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void MakeRoom()
    {
        Settle(_length);
        if (_length <= BufferBytes / 2)
        {
            return;
        }

        var whole = WholeCharacters(_buffer.AsSpan(0, _length));
        _counted += counter.Count(_buffer.AsSpan(0, whole));
        Drop(whole);
    }

    // Counts what nothing that follows can change.
    private void Settle(int end)
    {
        var text = _buffer.AsSpan(0, WholeCharacters(_buffer.AsSpan(0, end)));
        _counted += counter.CountSettled(text, out var settled);
        Drop(settled);
    }

    private void Drop(int bytes)
    {
        _buffer.AsSpan(bytes, _length - bytes).CopyTo(_buffer);
        _length -= bytes;
        _committed = Math.Max(0, _committed - bytes);
        _seen = -1;
    }

    /// <summary>The length without a character at the end that may not be whole yet.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> text)
    {
        const int LongestCharacter = 4;
        for (var back = 1; back <= Math.Min(LongestCharacter - 1, text.Length); back++)
        {
            var value = text[^back];
            if (value >= 0xC0)
            {
                var needed = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
                return needed > back ? text.Length - back : text.Length;
            }

            if (value < 0x80)
            {
                break;
            }
        }

        return text.Length;
    }
}
