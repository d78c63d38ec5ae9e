using System.Text;
using CostReport.Cli.Estimates.Inputs;
using Xunit;

namespace CostReport.Cli.Tests.Estimates.Inputs;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("\n\n", 2)]
    [InlineData("a\n\nb", 3)]
    public void Lines_end_with_a_line_feed_or_with_the_file(string text, int lines)
    {
        Assert.Equal(lines, Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Count);
    }

    [Fact]
    public void However_the_bytes_come_the_lines_are_the_same()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 20)).Select(_ => new string('x', random.Next(0, random.Next(3) == 0 ? 300_000 : 30))).ToList();
            var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

            Assert.Equal(lines, Read(new Drops(bytes, random)));
        }
    }

    private static List<string> Read(Stream stream)
    {
        var reader = new LineReader(stream);
        var lines = new List<string>();
        while (reader.TryRead(out var line))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
            Assert.Equal(lines.Count, reader.Number);
        }

        return lines;
    }

    private sealed class Drops(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(1, 100_000)));
    }
}
