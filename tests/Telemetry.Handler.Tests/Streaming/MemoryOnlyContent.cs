using System.Net;

namespace Telemetry.Handler.Tests.Streaming;

/// <summary>A content that can be read in one way only, as that of the official SDK for Bedrock: asynchronously, into memory.</summary>
internal sealed class MemoryOnlyContent(byte[] bytes, int chunk) : HttpContent
{
    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new ChunkStream(bytes, chunk) { OnlyMemory = true });

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
