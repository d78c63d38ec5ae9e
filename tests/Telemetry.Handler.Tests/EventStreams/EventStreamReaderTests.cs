using Telemetry.Handler.EventStreams;
using Xunit;

namespace Telemetry.Handler.Tests.EventStreams;

public sealed class EventStreamReaderTests
{
    private static readonly byte[] First = Frames.Event("chunk", "one");
    private static readonly byte[] Second = Frames.Exception("throttlingException", "two");

    // Of the test vectors of AWS: a frame with one header of text, and a payload.
    private static readonly byte[] Published = Convert.FromHexString(
        "0000003D" + "00000020" + "07FD8396"
        + "0C" + "636F6E74656E742D74797065" + "07" + "0010" + "6170706C69636174696F6E2F6A736F6E"
        + "7B27666F6F273A27626172277D" + "8D9C08B1");

    [Fact]
    public void A_published_frame_is_read()
    {
        Assert.Equal(["|||: {'foo':'bar'}"], RecordingSink.Read(Published), StringComparer.Ordinal);
    }

    [Fact]
    public void Frames_follow_each_other()
    {
        var bytes = Frames.Join(First, Second, Frames.Error("InternalError", "three"), Frames.Build([], []));

        Assert.Equal(
            ["event|chunk||: one", "exception||throttlingException|: two", "error|||InternalError: ", "|||: "],
            RecordingSink.Read(bytes),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Every_cut_gives_the_same_frames_and_faults()
    {
        byte[][] streams =
        [
            Frames.Join(First, Second, First),
            Frames.Join(First, Frames.Damaged(Second, -1), First),
            Frames.Join(First, Frames.Damaged(Second, 9), First),
            Frames.Join(First, Second[..^5]),
            Frames.Join(First, Frames.Build(Frames.Headers(("name", "value")), [], headersLength: 500), Second),
        ];
        foreach (var bytes in streams)
        {
            var expected = RecordingSink.Read(bytes);
            for (var chunk = 1; chunk <= bytes.Length; chunk++)
            {
                Assert.Equal(expected, RecordingSink.Read(bytes, chunk), StringComparer.Ordinal);
            }

            for (var cut = 0; cut <= bytes.Length; cut++)
            {
                var sink = new RecordingSink();
                var reader = new EventStreamReader(sink);
                reader.Feed(bytes.AsSpan(0, cut));
                reader.Feed(bytes.AsSpan(cut));
                reader.Complete();
                Assert.Equal(expected, sink.Told, StringComparer.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_single_damage_is_seen_and_never_taken_for_an_event()
    {
        for (var at = 0; at < First.Length; at++)
        {
            var told = RecordingSink.Read(Frames.Join(Frames.Damaged(First, at), Second));

            // Damage to the lengths or their checksum loses the rest; anywhere else, only the frame.
            Assert.Equal(at < 12 ? ["Lost"] : ["Corrupt", "exception||throttlingException|: two"], told, StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData(0x8000_0000)]
    [InlineData(0xFFFF_FFFF)]
    [InlineData((16 << 20) + 1)]
    public void A_frame_that_announces_more_than_any_has_ends_the_reading(uint length)
    {
        var bytes = Frames.Join(First, Frames.Build([], new byte[100], length), Second);

        Assert.Equal(["event|chunk||: one", "TooLarge"], RecordingSink.Read(bytes), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void A_frame_shorter_than_its_own_frame_ends_the_reading(uint length)
    {
        Assert.Equal(["Lost"], RecordingSink.Read(Frames.Join(Frames.Build([], [], length), Second)), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(int.MaxValue)]
    [InlineData(0xFFFF_FFFF)]
    public void Headers_longer_than_their_frame_cost_that_frame_only(uint length)
    {
        var bytes = Frames.Join(Frames.Build(Frames.Headers(("a", "b")), "payload"u8.ToArray(), headersLength: length), Second);

        Assert.Equal(["Malformed", "exception||throttlingException|: two"], RecordingSink.Read(bytes), StringComparer.Ordinal);
    }

    [Fact]
    public void The_longest_frame_is_read_in_fixed_memory()
    {
        var payload = new byte[EventStreamReader.LongestFrame - 16];
        var bytes = Frames.Build([], payload);
        var sink = new CountingSink();
        var reader = new EventStreamReader(sink);
        reader.Feed(First);
        Feed(); // what the runtime itself allocates when code runs for the first time is not the reader's

        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((3, (2 * payload.Length) + 3), (sink.Frames, sink.Bytes));

        void Feed()
        {
            for (var at = 0; at < bytes.Length; at += 1000)
            {
                reader.Feed(bytes.AsSpan(at, Math.Min(1000, bytes.Length - at)));
            }
        }
    }

    [Fact]
    public void A_payload_in_one_piece_is_told_as_such()
    {
        var sink = new RecordingSink();
        var reader = new EventStreamReader(sink);

        reader.Feed(First);
        Assert.True(sink.WasWhole);
        reader.Feed(First.AsSpan(0, First.Length - 5));
        reader.Feed(First.AsSpan(First.Length - 5));
        Assert.False(sink.WasWhole);
    }

    [Fact]
    public void Random_bytes_never_throw_and_give_no_frame()
    {
        var random = new Random(77);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);

            Assert.DoesNotContain(RecordingSink.Read(bytes, 1 + random.Next(40)), line => line.Contains(':', StringComparison.Ordinal));
        }
    }

    private sealed class CountingSink : IFrameSink
    {
        public int Frames { get; private set; }

        public int Bytes { get; private set; }

        public void OnFrame(FrameHeaders headers)
        {
        }

        public void OnPayload(ReadOnlySpan<byte> part, bool whole) => Bytes += part.Length;

        public void OnFrameEnd() => Frames++;

        public void OnFault(FrameFault fault) => throw new InvalidOperationException(fault.ToString());
    }
}
