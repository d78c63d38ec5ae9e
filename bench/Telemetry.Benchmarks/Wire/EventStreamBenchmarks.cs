using BenchmarkDotNet.Attributes;
using Telemetry.Handler.EventStreams;
using Telemetry.Handler.Messages;

namespace Telemetry.Benchmarks.Wire;

/// <summary>
/// 200 MB of AWS event streams on one core, a frame in each chunk: copied, its frames read with both checksums, and parsed to the
/// end. Divide 200 MB by the time for the throughput.
/// </summary>
public class EventStreamBenchmarks
{
    private const long TotalBytes = 200_000_000;

    private readonly SyntheticFrames _invoke = SyntheticFrames.OfInvoke();
    private readonly SyntheticFrames _converse = SyntheticFrames.OfConverse();
    private readonly byte[] _target = new byte[16 * 1024];

    [Benchmark(Baseline = true, Description = "copy loop")]
    public long Copy()
    {
        long total = 0;
        while (total < TotalBytes)
        {
            foreach (var frame in _invoke.Frames)
            {
                frame.CopyTo(_target.AsSpan());
                total += frame.Length;
            }
        }

        return total;
    }

    [Benchmark(Description = "frames alone")]
    public long Frames()
    {
        var reader = new EventStreamReader(new Deaf());
        return Feed(_invoke, reader.Feed);
    }

    [Benchmark(Description = "InvokeModel, parsed")]
    public long Invoke() => Parse(_invoke);

    [Benchmark(Description = "ConverseStream, parsed")]
    public long Converse() => Parse(_converse);

    private static long Parse(SyntheticFrames frames)
    {
        var parser = AnswerParser.Create(AnswerKind.EventStream, contentEncoding: null, TimeProvider.System, 0, milestones: null);
        Feed(frames, parser.Feed);
        var facts = parser.Facts;
        return facts.FaultNames.Count == 0 && facts.Deltas > 0 ? facts.Deltas : throw new InvalidOperationException("not parsed");
    }

    private static long Feed(SyntheticFrames frames, Action<ReadOnlySpan<byte>> feed)
    {
        long total = 0;
        while (total < TotalBytes)
        {
            foreach (var frame in frames.Frames)
            {
                feed(frame);
            }

            total += frames.Bytes;
        }

        return total;
    }

    private sealed class Deaf : IFrameSink
    {
        public void OnFrame(FrameHeaders headers)
        {
        }

        public void OnPayload(ReadOnlySpan<byte> part, bool whole)
        {
        }

        public void OnFrameEnd()
        {
        }

        public void OnFault(FrameFault fault) => throw new InvalidOperationException(fault.ToString());
    }
}
