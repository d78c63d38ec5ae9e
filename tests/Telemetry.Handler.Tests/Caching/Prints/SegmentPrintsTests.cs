using System.Text;
using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Prints;
using Telemetry.Handler.Segments;
using Xunit;

namespace Telemetry.Handler.Tests.Caching.Prints;

public sealed class SegmentPrintsTests
{
    private readonly SegmentPrints _prints = new(1_000_000);

    [Fact]
    public void The_first_byte_that_differs_lies_in_the_piece_that_is_told()
    {
        var random = new Random(3);
        for (var i = 0; i < 300; i++)
        {
            var text = new byte[random.Next(1, i % 10 == 0 ? 700_000 : 9_000)];
            random.NextBytes(text);
            var other = text.ToArray();
            var at = random.Next(text.Length);
            other[at] ^= 1;

            var told = PrintOf(2 * i, other).DifferenceTo(PrintOf((2 * i) + 1, text));

            Assert.NotNull(told);
            Assert.InRange(at, told.Value, told.Value + SegmentPrint.PieceAt(told.Value) - 1);
        }
    }

    [Fact]
    public void A_text_that_only_grows_differs_where_the_shorter_one_ends_or_a_piece_before()
    {
        var text = Encoding.UTF8.GetBytes(Texts.Of(1, 300));

        var told = PrintOf(1, text).DifferenceTo(PrintOf(2, text.AsSpan(0, 1_000)));

        Assert.InRange(Assert.IsType<int>(told), 1_000 - 16, 1_000);
    }

    [Fact]
    public void The_same_text_has_no_difference()
    {
        var text = Encoding.UTF8.GetBytes(Texts.Of(1, 300));

        Assert.Null(PrintOf(1, text).DifferenceTo(PrintOf(2, text)));
    }

    [Theory]
    [InlineData("""{"name":"a","description":"d","input_schema":{"x":2}}""", "input_schema")]
    [InlineData("""{"name":"a","description":"e","input_schema":{"x":1}}""", "description")]
    [InlineData("""{"name":"a","input_schema":{"x":2}}""", "description and input_schema")]
    [InlineData("""{"name":"a","description":"d","input_schema":{"x":1}}""", null)]
    public void A_tool_tells_which_of_its_members_changed(string changed, string? members)
    {
        var before = PrintOf(1, """{"name":"a","description":"d","input_schema":{"x":1}}"""u8, SegmentKind.Tool).Tool;
        var after = PrintOf(2, Encoding.UTF8.GetBytes(changed), SegmentKind.Tool).Tool;

        Assert.Equal(members, after?.MembersChangedSince(before!));
        Assert.Equal("a", after?.Name);
    }

    private SegmentPrint PrintOf(int number, ReadOnlySpan<byte> text, SegmentKind kind = SegmentKind.Text)
    {
        var segment = new Segment
        {
            Level = CacheLevel.System,
            Kind = kind,
            Message = -1,
            Block = 0,
            Start = 0,
            Length = text.Length,
            TextLength = text.Length,
            Hash = (UInt128)(uint)number + 1,
        };
        _prints.Over(null).Count(segment, text);
        var print = _prints.Find(SegmentMark.HashOf(segment));
        Assert.NotNull(print);
        return print;
    }
}
