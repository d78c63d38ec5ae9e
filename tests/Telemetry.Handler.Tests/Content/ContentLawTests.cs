using System.Text;
using Telemetry.Handler.Content;
using Telemetry.Handler.Messages;
using Xunit;
using static Telemetry.Handler.Tests.Content.Captured;

namespace Telemetry.Handler.Tests.Content;

/// <summary>Whatever comes, content is valid JSON of the right shape, within its bound, and without secrets.</summary>
public sealed class ContentLawTests
{
    private static readonly int[] Bounds = [0, 1, 2, 10, 60, 100, 300, 1_000, 5_000, Plenty];

    [Fact]
    public void Whatever_is_sent_and_received()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var make = new BodyMaker(seed);
            var (request, isStream) = (make.Request(), seed % 2 == 0);
            var answer = isStream ? make.Stream() : make.Body();

            var content = AssertLaws(Encoding.UTF8.GetBytes(request), Encoding.UTF8.GetBytes(answer), isStream, Bounds[seed % Bounds.Length]);

            Assert.DoesNotContain("PLANTED", string.Concat(All(content)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Whatever_is_damaged_on_the_way()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var make = new BodyMaker(seed);
            var isStream = seed % 2 == 0;

            AssertLaws(make.Damage(make.Request()), make.Damage(isStream ? make.Stream() : make.Body()), isStream, Bounds[seed / 2 % Bounds.Length]);
        }
    }

    [Fact]
    public void Whatever_bytes_come()
    {
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);

            AssertLaws(bytes, bytes, isStream: i % 2 == 0, Plenty);
        }
    }

    [Fact]
    public void Every_bound_holds_for_the_same_call()
    {
        var request = $$$"""
            {"system":"{{{Words(300)}}}","tools":[{"name":"look"},{"name":"listen"}],"messages":[{"role":"user","content":"{{{Words(2_000)}}}"},
              {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"look","input":{"at":"{{{Words(50)}}}"}}]},{"role":"user","content":"the last"}]}
            """;
        var answer = Stream($$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{Words(400)}}}"}}""");
        var all = Size(Of(request, answer));
        for (var bound = 0; bound < 2 * all; bound = (bound * 5 / 4) + 1)
        {
            var content = Of(request, answer, bound);

            ContentSchema.AssertValid(content);
            Assert.InRange(Size(content), 0, bound);
            Assert.Equal(bound < all, content.IsTruncated);
            Assert.Equal(bound < all, Size(content) < all);
        }
    }

    private static CapturedContent AssertLaws(byte[] request, byte[] answer, bool isStream, int bound)
    {
        var content = Of(request, answer, isStream ? AnswerKind.MessageStream : AnswerKind.MessageBody, bound, toolParameters: true, pieces: 3);

        ContentSchema.AssertValid(content);
        Assert.InRange(Size(content), 0, bound);
        Assert.DoesNotContain("sk-ant-PLANTED", string.Concat(All(content)), StringComparison.Ordinal);
        return content;
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
}
