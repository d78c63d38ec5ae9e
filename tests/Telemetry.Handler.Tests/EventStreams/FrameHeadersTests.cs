using Telemetry.Handler.EventStreams;
using Xunit;

namespace Telemetry.Handler.Tests.EventStreams;

public sealed class FrameHeadersTests
{
    private static readonly byte[] Kept = Frames.Headers((":message-type", "event"), (":event-type", "chunk"));

    public static TheoryData<byte, int> Types() => new()
    {
        { 0, 0 }, { 1, 0 }, { 2, 1 }, { 3, 2 }, { 4, 4 }, { 5, 8 }, { 8, 8 }, { 9, 16 },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Headers_of_every_type_are_passed_over(byte type, int length)
    {
        // Values of the length marks of others, so that a wrong step would be noticed.
        var other = Frames.Header("some-header", type, [.. Enumerable.Repeat((byte)13, length)]);

        Check([.. other, .. Kept]);
        Check([.. Kept, .. other]);
        Check([.. Frames.Header(":event-type", type, [.. Enumerable.Repeat((byte)13, length)]), .. Kept]);
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(6, 300)]
    [InlineData(7, 0)]
    [InlineData(7, 65_535)]
    public void Long_values_are_passed_over(byte type, int length) =>
        Check([.. Frames.Header("x", type, [.. Frames.Length(length), .. new byte[length]]), .. Kept]);

    [Fact]
    public void Names_of_any_length_are_passed_over()
    {
        for (var length = 1; length < 256; length++)
        {
            Check([.. Frames.Headers((new string('n', length), "value")), .. Kept]);
        }

        Check([.. Frames.Headers((":event-type-of-something", "no"), (":event-typ", "no"), (":Event-Type", "no")), .. Kept]);
    }

    [Fact]
    public void Of_equal_headers_the_last_counts()
    {
        Check([.. Frames.Headers((":event-type", "a much longer event type")), .. Kept]);
    }

    [Fact]
    public void A_value_too_long_to_be_a_name_is_none()
    {
        Assert.Equal("||", Tell(Frames.Headers((":event-type", new string('x', 129)))));
        Assert.Equal("|" + new string('x', 128) + "|", Tell(Frames.Headers((":event-type", new string('x', 128)))));
    }

    [Theory]
    [InlineData("0A")]
    [InlineData("00")]
    [InlineData("0161")]
    [InlineData("01610A00")]
    [InlineData("0161FF")]
    [InlineData("01610700")]
    [InlineData("0161070005616263")]
    [InlineData("01610400")]
    public void What_is_no_header_or_a_part_of_one_is_not_whole(string hex)
    {
        var headers = new FrameHeaders();
        headers.Reset();
        headers.Feed(Convert.FromHexString(hex));

        Assert.False(headers.AreWhole);
    }

    private static void Check(byte[] bytes)
    {
        Assert.Equal("event|chunk|", Tell(bytes));
        Assert.Equal("event|chunk|", Tell(bytes, chunk: 1));
    }

    private static string Tell(byte[] bytes, int chunk = int.MaxValue)
    {
        var headers = new FrameHeaders();
        headers.Reset();
        for (var at = 0; at < bytes.Length; at += Math.Min(chunk, bytes.Length))
        {
            headers.Feed(bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at)));
        }

        Assert.True(headers.AreWhole);
        return $"{Text(headers.MessageType)}|{Text(headers.EventType)}|{Text(headers.ExceptionType)}";
    }

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.ASCII.GetString(bytes);
}
