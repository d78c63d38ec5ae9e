using System.Globalization;
using System.Text;

namespace Telemetry.Benchmarks.Wire;

/// <summary>
/// An endless answer as the API streams it, without the network: deltas of 100 to 250 bytes with the API's padding, in chunks of
/// which most hold one event (as recorded: 83 % one, 10 % two, 7 % more). A megabyte of it is made once and given over and over.
/// </summary>
internal sealed class SyntheticStream(long totalBytes) : Stream
{
    private static readonly byte[] Events = Make();
    private static readonly int[] Chunks = Cut(Events);
    private static readonly byte[] Beginning = Encoding.UTF8.GetBytes(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-opus-5\",\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}\n\n");

    private static readonly byte[] End = Encoding.UTF8.GetBytes(
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":4096}}\n\n"
        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");

    private ReadOnlyMemory<byte> _rest;
    private long _given;
    private int _chunk;
    private int _offset;
    private bool _begun;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override int Read(Span<byte> buffer)
    {
        if (_rest.IsEmpty)
        {
            _rest = Next();
        }

        var length = Math.Min(_rest.Length, buffer.Length);
        _rest.Span[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private ReadOnlyMemory<byte> Next()
    {
        if (!_begun)
        {
            _begun = true;
            return Beginning;
        }

        if (_given < totalBytes)
        {
            var chunk = Events.AsMemory(_offset, Chunks[_chunk]);
            _chunk = (_chunk + 1) % Chunks.Length;
            _offset = _chunk == 0 ? 0 : _offset + chunk.Length;
            _given += chunk.Length;
            return chunk;
        }

        var last = _ended ? ReadOnlyMemory<byte>.Empty : End;
        _ended = true;
        return last;
    }

    private static byte[] Make()
    {
        string[] words = ["the ", "quick ", "brown\\n", "\\\"fox\\\" ", "jümps ", "over ", "世界 ", "lazy ", "dogs. ", "And so on, ", "function() { ", "return; }\\n"];
        var random = new Random(1);
        var events = new StringBuilder();
        while (events.Length < 1 << 20)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            var (type, member) = random.Next(10) switch
            {
                < 6 => ("text_delta", "text"),
                < 8 => ("input_json_delta", "partial_json"),
                _ => ("thinking_delta", "thinking"),
            };
            events.Append(
                CultureInfo.InvariantCulture,
                $"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{{\"type\":\"{type}\",\"{member}\":\"{text}\"}}{new string(' ', random.Next(16))}}}\n\n");
        }

        return Encoding.UTF8.GetBytes(events.ToString());
    }

    private static int[] Cut(ReadOnlySpan<byte> events)
    {
        var random = new Random(2);
        var chunks = new List<int>();
        while (!events.IsEmpty)
        {
            var length = 0;
            for (var count = random.Next(100) switch { < 83 => 1, < 93 => 2, _ => random.Next(3, 9) }; count > 0 && length < events.Length; count--)
            {
                length += events[length..].IndexOf("\n\n"u8) + 2;
            }

            chunks.Add(length);
            events = events[length..];
        }

        return [.. chunks];
    }
}
