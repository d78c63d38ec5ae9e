using System.Diagnostics;
using System.Net;
using System.Text;
using CostLedger.Records;
using Telemetry.Handler;

namespace Telemetry.Benchmarks.Handler;

/// <summary>
/// What a delta costs with the running estimate off and on, through the whole handler but without a network and a ledger: each
/// read brings one delta of 5 to 40 bytes of text. The three alternate in one run.
/// </summary>
internal static class ProgressOverhead
{
    private const int Deltas = 20_000;
    private const int Rounds = 15;

    public static async Task RunAsync()
    {
        var told = 0L;
        var events = Events();
        var off = Client(events, static _ => { });
        var on = Client(events, options => options.OnProgress = _ => told++);
        var limited = Client(events, static options => options.MaxCostPerCall = new NanoUsd(1000 * NanoUsd.PerDollar));
        var tight = Client(events, options =>
        {
            options.OnProgress = _ => told++;
            options.ProgressInterval = TimeSpan.Zero;
        });
        (string Name, HttpClient Http)[] all = [("off", off), ("on, every 250 ms", on), ("with a limit", limited), ("on, told at every delta", tight)];
        var best = new double[all.Length];
        var allocated = new double[all.Length];
        Array.Fill(best, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                best[i] = Math.Min(best[i], await ReadAsync(all[i].Http));
                allocated[i] = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Deltas;
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{all[i].Name}: {best[i]:0} ns a delta, {best[i] - best[0]:+0;-0;0} ns, {best[i] / best[0]:0.0} times as long; {allocated[i]:0.0} B a delta, those of the call included"));
        }

        Console.WriteLine(FormattableString.Invariant($"told {told} times"));
    }

    private static async Task<double> ReadAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.anthropic.com/v1/messages")
        {
            Content = new StringContent("""{"model":"claude-opus-5","max_tokens":1000000,"stream":true,"messages":[{"role":"user","content":"Go"}]}"""),
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[4096];
        var started = Stopwatch.GetTimestamp();
        while (await stream.ReadAsync(buffer) > 0)
        {
            // Only the reading is measured.
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Deltas;
    }

    private static HttpClient Client(byte[][] events, Action<MessagesTelemetryOptions> configure)
    {
        var options = new MessagesTelemetryOptions { WriteToLedger = false };
        configure(options);
        return new HttpClient(new MessagesTelemetryHandler(options) { InnerHandler = new Inner(events) });
    }

    private static byte[][] Events()
    {
        string[] words =
        [
            "The", " quick", " brown", " fox", " jumps", " over", " the", " lazy", " dog", ".", "\\n\\n", " It", "'s", " 42", " {", "return", "();", "\\\"",
            " caf\u00E9", " \u4E16\u754C",
        ];
        var random = new Random(3);
        var all = new List<byte[]>
        {
            Event("""{"type":"message_start","message":{"id":"msg_1","model":"claude-opus-5","usage":{"input_tokens":10,"output_tokens":1}}}"""),
            Event("""{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
        };
        for (var i = 0; i < Deltas; i++)
        {
            var text = new StringBuilder();
            for (var wanted = random.Next(5, 36); text.Length < wanted;)
            {
                text.Append(words[random.Next(words.Length)]);
            }

            all.Add(Event($$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{text}}}"}}"""));
        }

        all.Add(Event("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4096}}"""));
        all.Add(Event("""{"type":"message_stop"}"""));
        return [.. all];
    }

    private static byte[] Event(string json) => Encoding.UTF8.GetBytes($"event: e\ndata: {json}\n\n");

    private sealed class Inner(byte[][] events) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(new OneByOne(events));
            content.Headers.TryAddWithoutValidation("Content-Type", "text/event-stream");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
        }
    }

    private sealed class OneByOne(byte[][] events) : MemoryStream
    {
        private int _next;

        // Else its length is told, which is none.
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_next == events.Length)
            {
                return new ValueTask<int>(0);
            }

            var one = events[_next++];
            one.CopyTo(buffer);
            return new ValueTask<int>(one.Length);
        }
    }
}
