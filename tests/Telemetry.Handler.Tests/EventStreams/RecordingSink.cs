using System.Text;
using Telemetry.Handler.EventStreams;

namespace Telemetry.Handler.Tests.EventStreams;

/// <summary>Writes down the frames of a stream, one line each.</summary>
internal sealed class RecordingSink : IFrameSink
{
    private readonly StringBuilder _payload = new();
    private string _headers = "";

    public List<string> Told { get; } = [];

    /// <summary>Whether the last payload came in one piece.</summary>
    public bool WasWhole { get; private set; }

    public static List<string> Read(ReadOnlySpan<byte> bytes, int chunk = int.MaxValue)
    {
        var sink = new RecordingSink();
        var reader = new EventStreamReader(sink);
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(chunk, bytes.Length);
            reader.Feed(bytes[..length]);
            bytes = bytes[length..];
        }

        reader.Complete();
        return sink.Told;
    }

    public void OnFrame(FrameHeaders headers)
    {
        _payload.Clear();
        _headers = $"{Text(headers.MessageType)}|{Text(headers.EventType)}|{Text(headers.ExceptionType)}|{Text(headers.ErrorCode)}";
    }

    public void OnPayload(ReadOnlySpan<byte> part, bool whole)
    {
        _payload.Append(Text(part));
        WasWhole = whole;
    }

    public void OnFrameEnd() => Told.Add($"{_headers}: {_payload}");

    public void OnFault(FrameFault fault) => Told.Add(fault.ToString());

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
