namespace Telemetry.Handler.Tests.Streaming;

/// <summary>A network-like stream: gives its bytes in chunks, then ends or fails. Counts how it is read.</summary>
internal sealed class ChunkStream(byte[] bytes, int chunk, Exception? failure = null) : Stream
{
    private int _position;

    public List<string> Reads { get; } = [];

    public int Disposals { get; private set; }

    /// <summary>Whether asynchronous reads really wait.</summary>
    public bool Waits { get; init; }

    /// <summary>Whether only <see cref="ReadAsync(Memory{byte}, CancellationToken)"/> works, as in the SDK's Bedrock stream.</summary>
    public bool OnlyMemory { get; init; }

    public override bool CanRead => Disposals == 0;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override bool CanTimeout => true;

    public override int ReadTimeout { get; set; } = 17;

    public override int WriteTimeout { get; set; } = 18;

    public override long Length => bytes.Length;

    public override long Position
    {
        get => _position;
        set => throw Missing();
    }

    public override int Read(byte[] buffer, int offset, int count) => SyncRead(buffer.AsSpan(offset, count), "byte[]");

    public override int Read(Span<byte> buffer) => SyncRead(buffer, "span");

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        throw Missing();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Reads.Add("memory");
        cancellationToken.ThrowIfCancellationRequested();
        if (Waits)
        {
            await Task.Yield();
        }

        return Take(buffer.Span);
    }

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
        throw Missing();

    public override void CopyTo(Stream destination, int bufferSize) => throw Missing();

    public override void Flush() => throw Missing();

    public override long Seek(long offset, SeekOrigin origin) => throw Missing();

    public override void SetLength(long value) => throw Missing();

    public override void Write(byte[] buffer, int offset, int count) => throw Missing();

    protected override void Dispose(bool disposing)
    {
        Disposals++;
        base.Dispose(disposing);
    }

    private static NotSupportedException Missing() => new();

    private int SyncRead(Span<byte> buffer, string how)
    {
        if (OnlyMemory)
        {
            throw Missing();
        }

        Reads.Add(how);
        return Take(buffer);
    }

    private int Take(Span<byte> buffer)
    {
        var length = Math.Min(Math.Min(buffer.Length, chunk), bytes.Length - _position);
        if (length == 0 && failure is not null && buffer.Length > 0)
        {
            throw failure;
        }

        bytes.AsSpan(_position, length).CopyTo(buffer);
        _position += length;
        return length;
    }
}
