using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Telemetry.Handler.Segments;

/// <summary>
/// Hashes segments under a key of the ledger's own: the same text has the same hash within a ledger, and none that could be
/// recognised elsewhere or guessed without the key. The first 128 bits of an HMAC-SHA-256. For one thread at a time.
/// </summary>
/// <param name="key">The key; secret.</param>
internal sealed class SegmentHasher(ReadOnlySpan<byte> key) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    /// <summary>The hash of a segment.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="textLength">How much of its content is text; the rest are parameters.</param>
    /// <param name="content">What it says.</param>
    public UInt128 Of(SegmentKind kind, int textLength, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], textLength);
        _hash.AppendData(head);
        _hash.AppendData(content);
        return Finish();
    }

    /// <summary>The hash of a prefix: of the prefix before it and its last segment.</summary>
    public UInt128 OfPrefix(UInt128 before, in Segment last)
    {
        Span<byte> link = stackalloc byte[34];
        BinaryPrimitives.WriteUInt128LittleEndian(link, before);
        BinaryPrimitives.WriteUInt128LittleEndian(link[16..], last.Hash);
        link[32] = (byte)last.Level;
        link[33] = (byte)last.Role;
        _hash.AppendData(link);
        return Finish();
    }

    /// <summary>The hash of a tool's arguments.</summary>
    /// <param name="canonical">The arguments, their members in order.</param>
    public UInt128 OfArguments(ReadOnlySpan<byte> canonical)
    {
        _hash.AppendData("arguments"u8);
        _hash.AppendData(canonical);
        return Finish();
    }

    /// <summary>The hash of a tool's round: where its result stands, and its id.</summary>
    /// <param name="chain">The hash of the prefix that ends with the result.</param>
    /// <param name="id">The call's id.</param>
    public UInt128 OfRound(UInt128 chain, ReadOnlySpan<byte> id)
    {
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(head, chain);
        _hash.AppendData(head);
        _hash.AppendData("round"u8);
        _hash.AppendData(id);
        return Finish();
    }

    /// <summary>The hash of a name.</summary>
    public UInt128 OfName(ReadOnlySpan<char> name)
    {
        _hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(name));
        return Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private UInt128 Finish()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
