using System.IO.Compression;

namespace Telemetry.Handler.Streaming;

/// <summary>
/// Undoes <c>gzip</c> and <c>deflate</c>. The framework has no decoder that bytes can be pushed into, so its stream reads from
/// one that says "no more for now" by returning zero; it can be read again when there is more.
/// </summary>
internal sealed class InflateDecoder : BodyDecoder
{
    private readonly Starving _source = new();
    private readonly bool _gzip;
    private Stream? _inflated;

    private InflateDecoder(bool gzip) => _gzip = gzip;

    public static InflateDecoder ForGzip() => new(gzip: true);

    public static InflateDecoder ForDeflate() => new(gzip: false);

    public override int Decode(ref ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (_inflated is null)
        {
            if (source.IsEmpty)
            {
                return 0;
            }

            _inflated = Open(source[0]);
        }

        try
        {
            while (true)
            {
                var written = _inflated.Read(destination);
                if (written > 0 || source.IsEmpty)
                {
                    return written;
                }

                _source.Take(ref source);
            }
        }
        catch (InvalidDataException)
        {
            return Corrupt;
        }
    }

    protected override void Dispose(bool disposing) => _inflated?.Dispose();

    private Stream Open(byte first)
    {
        if (_gzip)
        {
            return new GZipStream(_source, CompressionMode.Decompress);
        }

        // RFC 9110 means the zlib format, but some servers send deflate without its header, whose method is always 8.
        return (first & 0x0F) == 8
            ? new ZLibStream(_source, CompressionMode.Decompress)
            : new DeflateStream(_source, CompressionMode.Decompress);
    }

    private sealed class Starving : Stream
    {
        private readonly byte[] _buffer = new byte[2048];
        private int _start;
        private int _end;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Take(ref ReadOnlySpan<byte> source)
        {
            if (_start < _end)
            {
                // The decompressor has ended and takes no more; what is left over is not part of the answer.
                source = [];
                return;
            }

            _start = 0;
            _end = Math.Min(source.Length, _buffer.Length);
            source[.._end].CopyTo(_buffer);
            source = source[_end..];
        }

        public override int Read(Span<byte> buffer)
        {
            var read = Math.Min(buffer.Length, _end - _start);
            _buffer.AsSpan(_start, read).CopyTo(buffer);
            _start += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
            // Only read from.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
