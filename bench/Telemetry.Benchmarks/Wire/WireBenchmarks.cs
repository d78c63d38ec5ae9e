using System.Net.ServerSentEvents;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Streaming;

namespace Telemetry.Benchmarks.Wire;

/// <summary>
/// 200 MB of a streamed answer on one core: read as it is, read through the tee, read and parsed, and what the framework's own
/// parsers need for the same stream. Divide 200 MB by the time for the throughput.
/// </summary>
public class WireBenchmarks
{
    private const long TotalBytes = 200_000_000;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly byte[] _target = new byte[16 * 1024];

    [Benchmark(Baseline = true, Description = "copy loop")]
    public Task<long> Copy() => ReadAll(new SyntheticStream(TotalBytes));

    [Benchmark(Description = "through the tee")]
    public Task<long> Tee() => ReadAll(new ObservedStream(new SyntheticStream(TotalBytes), new ObserverGuard(new Deaf())));

    [Benchmark(Description = "through the tee, parsed")]
    public async Task<long> TeeAndParse()
    {
        var parsing = new Parsing();
        await ReadAll(new ObservedStream(new SyntheticStream(TotalBytes), new ObserverGuard(parsing)));
        var facts = parsing.Parser.Facts;
        return facts is { IsComplete: true, Usage.OutputTokens: 4096 } ? facts.Deltas : throw new InvalidOperationException("not parsed");
    }

    [Benchmark(Description = "SseParser + Utf8JsonReader")]
    public long Framework()
    {
        long deltas = 0;
        foreach (var item in SseParser.Create(new SyntheticStream(TotalBytes), static (_, data) => SizeOf(data)).Enumerate())
        {
            deltas += item.Data >= 0 ? 1 : 0;
        }

        return deltas;
    }

    private static long SizeOf(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        long size = -1;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName
                && (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("thinking"u8) || reader.ValueTextEquals("partial_json"u8)))
            {
                reader.Read();
                size = reader.ValueSpan.Length;
            }
        }

        return size;
    }

    private async Task<long> ReadAll(Stream stream)
    {
        long total = 0;
        while (true)
        {
            var read = await stream.ReadAsync(_buffer);
            if (read == 0)
            {
                return total;
            }

            _buffer.AsSpan(0, read).CopyTo(_target);
            total += read;
        }
    }

    private sealed class Deaf : IResponseObserver
    {
        public void OnBytes(ReadOnlySpan<byte> bytes)
        {
        }

        public ValueTask OnEndAsync(TransferEnd end, Exception? error) => ValueTask.CompletedTask;

        public void OnEnd(TransferEnd end, Exception? error)
        {
        }
    }

    private sealed class Parsing : IResponseObserver
    {
        public AnswerParser Parser { get; } = AnswerParser.Create(AnswerKind.MessageStream, contentEncoding: null, TimeProvider.System, 0, milestones: null);

        public void OnBytes(ReadOnlySpan<byte> bytes) => Parser.Feed(bytes);

        public ValueTask OnEndAsync(TransferEnd end, Exception? error)
        {
            Parser.Complete();
            return ValueTask.CompletedTask;
        }

        public void OnEnd(TransferEnd end, Exception? error) => Parser.Complete();
    }
}
