using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using MessagesSimulator.Wire;

namespace MessagesSimulator.Providers;

/// <summary>
/// A message of an AWS event stream: both lengths and their checksum, headers, payload, and a checksum of all of it.
/// Source: AWS, "Amazon Transcribe: event stream encoding", which all services share.
/// </summary>
public static class EventStreamFrame
{
    private const int Prelude = 12;
    private const int Checksum = 4;
    private const byte StringHeader = 7;

    /// <summary>Encodes a message.</summary>
    /// <param name="headers">Names and values; all values are strings.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Encode(IEnumerable<(string Name, string Value)> headers, ReadOnlySpan<byte> payload)
    {
        var head = EncodeHeaders(headers);
        var frame = new byte[Prelude + head.Length + payload.Length + Checksum];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), head.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc32.Of(frame.AsSpan(0, 8)));
        head.CopyTo(frame.AsSpan(Prelude));
        payload.CopyTo(frame.AsSpan(Prelude + head.Length));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - Checksum), Crc32.Of(frame.AsSpan(0, frame.Length - Checksum)));
        return frame;
    }

    /// <summary>A chunk of InvokeModelWithResponseStream: an event of the Messages API, in base64.</summary>
    /// <param name="json">The event's data.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Chunk(string json)
    {
        // The padding is there so that lengths tell nothing.
        var payload = new JsonObject
        {
            ["bytes"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(json)),
            ["p"] = "abcdefghijklmnopqrstuvwxyz"[..(json.Length % 26)],
        };
        return Encode(
            [(":event-type", "chunk"), (":content-type", "application/json"), (":message-type", "event")],
            Encoding.UTF8.GetBytes(MessageJson.Text(payload)));
    }

    /// <summary>An exception in the middle of a stream.</summary>
    /// <param name="type">Its type, for example <c>modelStreamErrorException</c>.</param>
    /// <param name="message">Its message.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Exception(string type, string message) => Encode(
        [(":exception-type", type), (":content-type", "application/json"), (":message-type", "exception")],
        Encoding.UTF8.GetBytes(MessageJson.Text(new JsonObject { ["message"] = message })));

    private static byte[] EncodeHeaders(IEnumerable<(string Name, string Value)> headers)
    {
        var bytes = new List<byte>();
        Span<byte> length = stackalloc byte[2];
        foreach (var (name, value) in headers)
        {
            var (nameBytes, valueBytes) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)valueBytes.Length);
            bytes.Add((byte)nameBytes.Length);
            bytes.AddRange(nameBytes);
            bytes.Add(StringHeader);
            bytes.AddRange(length);
            bytes.AddRange(valueBytes);
        }

        return [.. bytes];
    }
}
