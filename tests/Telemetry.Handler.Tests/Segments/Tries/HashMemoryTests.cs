using Telemetry.Handler.Segments.Tries;
using Xunit;

namespace Telemetry.Handler.Tests.Segments.Tries;

public sealed class HashMemoryTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 300)]
    [InlineData(4, 1_000)]
    public void It_keeps_what_was_used_last(int seed, int capacity)
    {
        var random = new Random(seed);
        var memory = new HashMemory(capacity * (long)HashMemory.BytesPerEntry);
        var expected = new LinkedList<(UInt128 Key, int Value)>();
        for (var step = 0; step < 20_000; step++)
        {
            var key = Key(random.Next(capacity * 2));
            var known = expected.FirstOrDefault(entry => entry.Key == key, (Key: UInt128.Zero, Value: -1));
            var isKnown = known.Value >= 0;
            if (random.Next(2) == 0)
            {
                Assert.Equal(isKnown, memory.TryGet(key, out var value));
                Assert.Equal(isKnown ? known.Value : 0, value);
            }
            else
            {
                memory.Set(key, step);
            }

            var after = memory.Count;
            if (isKnown)
            {
                expected.Remove(known);
            }

            if (memory.TryGet(key, out var now))
            {
                expected.AddFirst((key, now));
            }

            while (expected.Count > capacity)
            {
                expected.RemoveLast();
            }

            Assert.Equal(expected.Count, after);
        }
    }

    [Fact]
    public void It_stays_within_its_bytes_however_much_it_is_given()
    {
        const int Bytes = 1_000_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var memory = new HashMemory(Bytes);
        for (var i = 0; i < 200_000; i++)
        {
            memory.Set(Key(i), i);
        }

        // What was given up while it grew is counted here too.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Bytes + (Bytes / 10));
        Assert.Equal(Bytes / HashMemory.BytesPerEntry, memory.Count);
        Assert.True(memory.TryGet(Key(199_999), out _));
        Assert.False(memory.TryGet(Key(0), out _));
    }

    [Fact]
    public void Nothing_is_left_after_it_was_cleared_and_it_goes_on()
    {
        var memory = new HashMemory(10_000);
        memory.Set(Key(1), 1);
        memory.Clear();

        Assert.False(memory.TryGet(Key(1), out _));

        memory.Set(Key(2), 2);
        Assert.True(memory.TryGet(Key(2), out var value));
        Assert.Equal(2, value);
        Assert.Equal(1, memory.Count);
    }

    [Fact]
    public async Task Many_threads_may_use_it()
    {
        var memory = new HashMemory(64 * HashMemory.BytesPerEntry);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 50_000; i++)
            {
                var number = random.Next(200);
                memory.Set(Key(number), number);
                Assert.True(!memory.TryGet(Key(number), out var value) || value == number);
            }
        })));

        Assert.Equal(64, memory.Count);
    }

    // As well spread as a keyed hash.
    private static UInt128 Key(int number)
    {
        var bits = (ulong)(number + 1) * 0x9E37_79B9_7F4A_7C15;
        return new UInt128(bits, (bits >> 32) ^ bits);
    }
}
