using System.Buffers;
using System.IO.Compression;

namespace Telemetry.Handler.Streaming;

/// <summary>Undoes <c>br</c>.</summary>
internal sealed class BrotliBodyDecoder : BodyDecoder
{
    private BrotliDecoder _decoder;
    private bool _done;

    public override int Decode(ref ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (_done)
        {
            source = [];
            return 0;
        }

        var status = _decoder.Decompress(source, destination, out var taken, out var written);
        source = source[taken..];
        _done = status == OperationStatus.Done;
        return status == OperationStatus.InvalidData ? Corrupt : written;
    }

    protected override void Dispose(bool disposing) => _decoder.Dispose();
}
