namespace Telemetry.Handler.Tests.Prompting;

/// <summary>Gives its bytes once, some at a time, and can break after them.</summary>
internal sealed class OnceStream(byte[] bytes) : Stream
{
    private const int MostAtOnce = 7;
    private int _position;

    public bool IsBroken { get; init; }

    public bool IsRead => _position > 0;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var size = Math.Min(Math.Min(count, MostAtOnce), bytes.Length - _position);
        if (size == 0 && IsBroken)
        {
            throw new IOException("The source broke.");
        }

        bytes.AsSpan(_position, size).CopyTo(buffer.AsSpan(offset));
        _position += size;
        return size;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
