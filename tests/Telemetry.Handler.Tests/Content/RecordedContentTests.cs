using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Tests.Replay;
using Testing;
using Xunit;
using static Telemetry.Handler.Tests.Content.Captured;

namespace Telemetry.Handler.Tests.Content;

/// <summary>The content of recorded traffic is captured whole, in its shape, without signatures and encoded data.</summary>
public sealed partial class RecordedContentTests(ITestOutputHelper output)
{
    private const int SomeBytes = 2_000;

    [Fact]
    public void Every_exchange_has_its_content()
    {
        var (bytes, withInput, withOutput) = (0L, 0, 0);
        var elapsed = TimeSpan.Zero;
        foreach (var exchange in RecordedExchange.Read(Path.Combine(SharedData.RequireRoot(), "recorded", "exchanges.jsonl.gz")).Where(e => e.IsMessages && e.Status == 200))
        {
            var (request, response) = (exchange.RequestBytes, exchange.ResponseBytes);
            var text = Encoding.UTF8.GetString(response);
            var kind = text.TrimStart().StartsWith('{') ? AnswerKind.MessageBody : AnswerKind.MessageStream;
            var started = Stopwatch.GetTimestamp();
            var whole = Of(request, response, kind, pieces: 7);
            elapsed += Stopwatch.GetElapsedTime(started);
            bytes += request.Length + response.Length;
            var small = Of(request, response, kind, maxBytes: SomeBytes, toolParameters: true);

            ContentSchema.AssertValid(whole);
            ContentSchema.AssertValid(small);
            Assert.InRange(Size(small), 0, SomeBytes);
            Assert.All(Signatures().Matches(text), m => Assert.DoesNotContain(m.Groups["value"].Value, whole.OutputMessages ?? "", StringComparison.Ordinal));
            Assert.True(!Answered().IsMatch(text) || whole.OutputMessages?.Contains("\"content\":\"", StringComparison.Ordinal) == true, exchange.Id);
            withInput += whole.InputMessages is null ? 0 : 1;
            withOutput += whole.OutputMessages is null ? 0 : 1;
        }

        output.WriteLine($"{withInput} inputs, {withOutput} outputs, {bytes / elapsed.TotalSeconds / 1e6:F0} MB/s");
        Assert.True(withInput > 100 && withOutput > 100, $"{withInput} inputs, {withOutput} outputs");
    }

    [GeneratedRegex("\"signature\": ?\"(?<value>[A-Za-z0-9+/=]{40,})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Signatures();

    [GeneratedRegex("\"text_delta\", ?\"text\": ?\"\\w", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Answered();
}
