using System.Net;
using System.Text;
using CostLedger.Records;
using Telemetry.Handler.Tests.Handler;
using Telemetry.Handler.Tests.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Progress;

public sealed class ProgressAllocationTests
{
    private const int Deltas = 2_000;

    [Fact]
    public async Task Watching_a_delta_allocates_nothing()
    {
        var told = 0;
        using var handler = new MessagesTelemetryHandler(new MessagesTelemetryOptions
        {
            WriteToLedger = false,
            OnProgress = _ => told++,
            MaxCostPerCall = new NanoUsd(NanoUsd.PerDollar),
            TimeProvider = new StoppedTime(),
        })
        {
            InnerHandler = new Inner(),
        };
        using var http = new HttpClient(handler);
        using var request = Answers.NewRequest(new Uri("https://api.anthropic.com/v1/messages"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Read(stream);

        var allocated = Allocations.Of(() => Read(stream));

        Assert.Equal((0, 1), (allocated, told));
    }

    private static void Read(Stream stream)
    {
        Span<byte> buffer = stackalloc byte[4_096];
        var read = 0;
        for (var i = 0; i < Deltas; i++)
        {
            read += stream.Read(buffer);
        }

        Assert.True(read > Deltas);
    }

    private sealed class Inner : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(new Endless());
            content.Headers.TryAddWithoutValidation("Content-Type", "text/event-stream");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }

    /// <summary>One event at each read, without an end.</summary>
    private sealed class Endless : MemoryStream
    {
        private static readonly byte[] Start = Encoding.UTF8.GetBytes(Answers.Start);
        private static readonly byte[] Usual = Encoding.UTF8.GetBytes(PartsServer.Text(" some, words.\\n"));
        private static readonly byte[] Other = Encoding.UTF8.GetBytes(Answers.Delta);
        private int _next;

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            var one = _next == 0 ? Start : _next % 2 == 0 ? Usual : Other;
            _next++;
            one.CopyTo(buffer);
            return one.Length;
        }
    }
}
