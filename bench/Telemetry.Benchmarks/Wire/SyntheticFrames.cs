using System.Buffers.Binary;
using System.Text;
using Telemetry.Handler.EventStreams;

namespace Telemetry.Benchmarks.Wire;

/// <summary>About a megabyte of an answer as Bedrock streams it, one frame in each chunk, with its padding.</summary>
internal sealed class SyntheticFrames
{
    private const int Length = 1 << 20;

    private readonly List<byte[]> _frames = [];

    private SyntheticFrames(Func<string, byte[]> frame)
    {
        string[] words = ["the ", "quick ", "brown\\n", "\\\"fox\\\" ", "jümps ", "over ", "世界 ", "lazy ", "dogs. ", "And so on, "];
        var random = new Random(1);
        while (Bytes < Length)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            _frames.Add(frame(text));
            Bytes += _frames[^1].Length;
        }
    }

    public long Bytes { get; private set; }

    public IReadOnlyList<byte[]> Frames => _frames;

    /// <summary>Deltas of InvokeModel, in base64.</summary>
    public static SyntheticFrames OfInvoke()
    {
        var random = new Random(2);
        return new(text => Frame("chunk", $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{text}}}"}}"""))}}","p":"{{Padding(random)}}"}"""));
    }

    /// <summary>Deltas of ConverseStream.</summary>
    public static SyntheticFrames OfConverse()
    {
        var random = new Random(3);
        return new(text => Frame("contentBlockDelta", $$$"""{"contentBlockIndex":0,"delta":{"text":"{{{text}}}"},"p":"{{{Padding(random)}}}"}"""));
    }

    private static string Padding(Random random) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[..random.Next(1, 53)];

    private static byte[] Frame(string type, string json)
    {
        byte[] headers = [.. Header(":event-type", type), .. Header(":content-type", "application/json"), .. Header(":message-type", "event")];
        var payload = Encoding.UTF8.GetBytes(json);
        var frame = new byte[16 + headers.Length + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc32.Append(0, frame.AsSpan(0, 8)));
        headers.CopyTo(frame, 12);
        payload.CopyTo(frame, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc32.Append(0, frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    private static byte[] Header(string name, string value) =>
        [(byte)name.Length, .. Encoding.UTF8.GetBytes(name), 7, 0, (byte)value.Length, .. Encoding.UTF8.GetBytes(value)];
}
