using System.Buffers.Binary;
using System.Text;

namespace Telemetry.Handler.Tests.EventStreams;

/// <summary>Builds AWS event streams, sound and broken ones, by a checksum of its own.</summary>
internal static class Frames
{
    /// <summary>A chunk of InvokeModel: the base64 of an event.</summary>
    public static byte[] Chunk(string json, string? padding = "abcdef") => Event(
        "chunk", $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(json))}}"{{(padding is null ? "" : $",\"p\":\"{padding}\"")}}}""");

    /// <summary>An event of any kind.</summary>
    public static byte[] Event(string type, string payload) =>
        Build(Headers((":event-type", type), (":content-type", "application/json"), (":message-type", "event")), Encoding.UTF8.GetBytes(payload));

    public static byte[] Exception(string type, string payload) =>
        Build(Headers((":exception-type", type), (":content-type", "application/json"), (":message-type", "exception")), Encoding.UTF8.GetBytes(payload));

    public static byte[] Error(string code, string message) =>
        Build(Headers((":error-code", code), (":error-message", message), (":message-type", "error")), []);

    /// <summary>The chunks of the events of a stream of server-sent events.</summary>
    public static byte[] OfServerSentEvents(string text) => Join(
        [.. text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => Chunk(line[6..].TrimEnd('\r')))]);

    public static byte[] Join(params IEnumerable<byte[]> frames) => [.. frames.SelectMany(frame => frame)];

    /// <summary>A header section of texts.</summary>
    public static byte[] Headers(params IEnumerable<(string Name, string Value)> headers) =>
        [.. headers.SelectMany(header => Header(header.Name, 7, [.. Length(header.Value.Length), .. Encoding.UTF8.GetBytes(header.Value)]))];

    /// <summary>One header of any type.</summary>
    public static byte[] Header(string name, byte type, byte[] value) => [(byte)name.Length, .. Encoding.UTF8.GetBytes(name), type, .. value];

    /// <summary>The two bytes of a length.</summary>
    public static byte[] Length(int length) => [(byte)(length >> 8), (byte)length];

    /// <summary>A frame.</summary>
    /// <param name="headers">Its header section.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="length">The length that it announces, where not its own.</param>
    /// <param name="headersLength">The length of the headers that it announces, where not its own.</param>
    public static byte[] Build(byte[] headers, byte[] payload, uint? length = null, uint? headersLength = null)
    {
        var frame = new byte[12 + headers.Length + payload.Length + 4];
        BinaryPrimitives.WriteUInt32BigEndian(frame, length ?? (uint)frame.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), headersLength ?? (uint)headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Checksum(frame.AsSpan(0, 8)));
        headers.CopyTo(frame, 12);
        payload.CopyTo(frame, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Checksum(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    /// <summary>The checksum by its definition, bit by bit.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var next in bytes)
        {
            crc ^= next;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB8_8320);
            }
        }

        return ~crc;
    }

    /// <summary>The same frame with one byte turned; counted from the end where negative.</summary>
    public static byte[] Damaged(byte[] frame, int at)
    {
        var damaged = frame.ToArray();
        damaged[at < 0 ? frame.Length + at : at] ^= 0x40;
        return damaged;
    }
}
