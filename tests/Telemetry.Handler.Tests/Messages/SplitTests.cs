using System.Text;
using Telemetry.Handler.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

/// <summary>The law of all parsing here: however the bytes are cut, the facts are the same.</summary>
public sealed class SplitTests
{
    public static TheoryData<string, string> Answers()
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, text) in new[] { ("text", Samples.Text), ("tools", Samples.ThinkingAndTools), ("error", Samples.ErrorInTheMiddle) })
        {
            data.Add("MessageStream " + name + " LF", text);
            data.Add("MessageStream " + name + " CRLF", text.Replace("\n", "\r\n", StringComparison.Ordinal));
            data.Add("MessageStream " + name + " CR", text.Replace("\n", "\r", StringComparison.Ordinal));
            data.Add("MessageStream " + name + " mixed", Mixed(text));
            data.Add("MessageStream " + name + " odd", Odd(text));
            data.Add("MessageStream " + name + " cut", text[..(text.Length / 2)]);
        }

        data.Add("MessageBody body", Samples.Body);
        data.Add("MessageBody cut", Samples.Body[..^40]);
        data.Add("MessageBody bom", "\uFEFF" + Samples.Body);
        data.Add("MessageBody html", "<html><body>502 Bad Gateway</body></html>");
        data.Add("Error error", Samples.ErrorBody);
        data.Add("TokenCount count", Samples.TokenCount);
        return data;
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Every_cut_gives_the_same_facts(string name, string text)
    {
        var kind = Enum.Parse<AnswerKind>(name.Split(' ')[0]);
        var bytes = Encoding.UTF8.GetBytes(text);
        var expected = Feeding.Tell(Feeding.Whole(kind, bytes));

        Assert.Equal(expected, Feeding.Tell(Feeding.ByteByByte(kind, bytes)));
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(expected, Feeding.Tell(Feeding.InTwo(kind, bytes, cut)));
        }

        var random = new Random(bytes.Length);
        for (var round = 0; round < 200; round++)
        {
            Assert.Equal(expected, Feeding.Tell(Feeding.AtRandom(kind, bytes, random, longest: 2 + round)));
        }
    }

    [Theory]
    [InlineData(Samples.Text)]
    [InlineData(Samples.ThinkingAndTools)]
    [InlineData(Samples.ErrorInTheMiddle)]
    public void Line_endings_comments_and_line_forms_change_nothing(string text)
    {
        var expected = Feeding.Tell(Feeding.Stream(text));

        Assert.Equal(expected, Feeding.Tell(Feeding.Stream(text.Replace("\n", "\r\n", StringComparison.Ordinal))));
        Assert.Equal(expected, Feeding.Tell(Feeding.Stream(text.Replace("\n", "\r", StringComparison.Ordinal))));
        Assert.Equal(expected, Feeding.Tell(Feeding.Stream(Mixed(text))));
        Assert.Equal(expected, Feeding.Tell(Feeding.Stream(Odd(text))));
    }

    private static string Mixed(string text)
    {
        var endings = new[] { "\n", "\r\n", "\r" };
        var mixed = new StringBuilder();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            // A CR before an empty LF line would be read as one CRLF, so the endings go by event.
            mixed.Append(lines[i]).Append(endings[mixed.ToString().Split("event:").Length % 3]);
        }

        return mixed.ToString();
    }

    /// <summary>A mark, comments, unknown fields, no space after colons, data in several lines, no event lines.</summary>
    private static string Odd(string text) => "\uFEFF: a comment\nretry: 3000\n" + text
        .Replace("data: {", ":keep-alive\nid: 7\nid\ndatum: x\nunknown: y\ndata:\ndata:{\ndata: ", StringComparison.Ordinal)
        .Replace("event: ", "ignored\nevent:", StringComparison.Ordinal)
        .Replace("event:content_block_delta\n", "", StringComparison.Ordinal);
}
