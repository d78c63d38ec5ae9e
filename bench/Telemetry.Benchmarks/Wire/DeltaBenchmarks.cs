using System.Text;
using BenchmarkDotNet.Attributes;
using Telemetry.Handler.Messages;

namespace Telemetry.Benchmarks.Wire;

/// <summary>What one event of a stream costs, by the form in which it comes.</summary>
public class DeltaBenchmarks
{
    private const int Events = 1000;

    private readonly AnswerParser _parser = AnswerParser.Create(AnswerKind.MessageStream, contentEncoding: null, TimeProvider.System, 0, milestones: null);

    private byte[] _usual = [];
    private byte[] _other = [];
    private byte[] _signature = [];

    [GlobalSetup]
    public void Setup()
    {
        _usual = Repeat("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"some words of an answer, \"quoted\" and so on.\n"}       }""");
        _other = Repeat("""{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "some words of an answer, \"quoted\" and so on.\n"}}""");
        _signature = Repeat("""{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EpwBCioIDxgCEAEYASJALdEpwBCioIDxgCEAEYASJALd"}}""");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events, Description = "a delta as the API writes it")]
    public void Usual() => _parser.Feed(_usual);

    [Benchmark(OperationsPerInvoke = Events, Description = "a delta as a gateway may rewrite it")]
    public void Other() => _parser.Feed(_other);

    [Benchmark(OperationsPerInvoke = Events, Description = "a delta of a rarer kind")]
    public void Signature() => _parser.Feed(_signature);

    [Benchmark(OperationsPerInvoke = Events, Description = "a delta in pieces of 40 bytes")]
    public void InPieces()
    {
        for (var at = 0; at < _usual.Length; at += 40)
        {
            _parser.Feed(_usual.AsSpan(at, Math.Min(40, _usual.Length - at)));
        }
    }

    private static byte[] Repeat(string json) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"event: content_block_delta\ndata: {json}\n\n", Events)));
}
