using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Bodies;

/// <summary>Keeps the bytes of a body up to a bound, in a pooled buffer. One writer at a time; reading and writing may race.</summary>
/// <param name="maxBytes">The bound; a body beyond it is not kept at all.</param>
internal sealed class BodyCapture(int maxBytes) : IDisposable
{
    private const int FirstSize = 4_096;

    private readonly Lock _gate = new();
    private byte[] _buffer = [];
    private bool _isClosed;
    private bool _isLent;

    /// <summary>The bytes that went by, kept or not.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the body went by to its end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Forgets what was kept: the body begins anew.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            Length = 0;
            IsWhole = false;

            // Whoever borrowed the buffer goes on with it alone.
            _buffer = _isLent ? [] : _buffer;
            _isLent = false;
        }
    }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var end = Length + bytes.Length;
            if (!_isClosed && end <= maxBytes)
            {
                Grow((int)end);
                bytes.CopyTo(_buffer.AsSpan((int)Length));
            }

            Length = end;
        }
    }

    /// <summary>The body is complete.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            IsWhole = true;
        }
    }

    /// <summary>Reads what was kept.</summary>
    /// <returns>The parameters, or a fault: the body is not complete yet, or too large.</returns>
    public RequestSnapshot Read()
    {
        lock (_gate)
        {
            return _isClosed || !IsWhole ? new RequestSnapshot { Faults = [RequestFault.NotSent] }
                : Length > maxBytes ? new RequestSnapshot { Faults = [RequestFault.TooLarge] }
                : RequestSnapshot.Read(_buffer.AsSpan(0, (int)Length));
        }
    }

    /// <summary>Shows what was kept, where it is the whole body.</summary>
    /// <param name="state">What the reader needs.</param>
    /// <param name="read">The reader.</param>
    public void Show<TState>(TState state, ReadOnlySpanAction<byte, TState> read)
    {
        lock (_gate)
        {
            if (!_isClosed && IsWhole && Length <= maxBytes)
            {
                read(_buffer.AsSpan(0, (int)Length), state);
            }
        }
    }

    /// <summary>Lends what was kept, where it is the whole body, to be read for longer than this lives; to one reader at a time.</summary>
    /// <returns>The body, to be disposed of; null when the body is not complete, was too large to keep, or is lent.</returns>
    public LentBody? Borrow()
    {
        lock (_gate)
        {
            if (_isClosed || _isLent || !IsWhole || Length > maxBytes)
            {
                return null;
            }

            _isLent = true;
            return new LentBody(this, _buffer, (int)Length);
        }
    }

    /// <summary>Takes back what was lent.</summary>
    /// <param name="buffer">The buffer.</param>
    public void TakeBack(byte[] buffer)
    {
        lock (_gate)
        {
            if (buffer == _buffer && !_isClosed)
            {
                _isLent = false;
                return;
            }

            _buffer = buffer == _buffer ? [] : _buffer;
            Return(buffer);
        }
    }

    /// <summary>Reads what was kept by other means.</summary>
    /// <param name="read">Reads the whole body.</param>
    /// <returns>What that gave; null when the body is not complete, or was too large to keep.</returns>
    public string? Read(Func<ReadOnlySpan<byte>, string?> read)
    {
        lock (_gate)
        {
            return _isClosed || !IsWhole || Length > maxBytes ? null : read(_buffer.AsSpan(0, (int)Length));
        }
    }

    /// <summary>The first 128 bits of the body's SHA-256; it is compared in memory and goes nowhere.</summary>
    /// <returns>Null when the body is not complete, or was too large to keep.</returns>
    public UInt128? Fingerprint()
    {
        lock (_gate)
        {
            if (_isClosed || !IsWhole || Length > maxBytes)
            {
                return null;
            }

            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(_buffer.AsSpan(0, (int)Length), hash);
            return BinaryPrimitives.ReadUInt128BigEndian(hash);
        }
    }

    /// <summary>Gives the buffer back. What still goes by is not kept.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (!_isLent)
            {
                Return(_buffer);
                _buffer = [];
            }
        }
    }

    private void Grow(int size)
    {
        if (size <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, Math.Max(size, _buffer.Length * 2)));
        _buffer.AsSpan(0, (int)Length).CopyTo(larger);
        Return(_buffer);
        _buffer = larger;
    }

    // Prompts are private: the next user of a pooled buffer must not find them.
    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
