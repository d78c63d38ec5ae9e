using System.Text;
using Telemetry.Handler.Tokens;
using Xunit;

namespace Telemetry.Handler.Tests.Tokens;

public sealed class RunningCountTests
{
    [Theory]
    [InlineData("o200k_base")]
    [InlineData("cl100k_base")]
    public void Whatever_the_cuts_the_count_at_the_end_is_the_one_of_the_whole_text(string vocabulary)
    {
        var counter = SomeTokens.Counter(vocabulary);
        for (var seed = 0; seed < 20_000; seed++)
        {
            var text = SomeTokens.Bytes(seed);

            var count = InParts(new RunningCount(counter), text, new Random(seed), mostBytes: 1 + (seed % 9), asked: seed % 3);

            Assert.True(counter.Count(text) == count, $"seed {seed}: {count} instead of {counter.Count(text)}");
        }
    }

    [Fact]
    public void Texts_of_many_buffers_are_counted_the_same_too()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(seed * 400, 400).Select(SomeTokens.Text)));

            var count = InParts(new RunningCount(TokenCounter.O200kBase), text, new Random(seed), mostBytes: 1 + (300 * (seed % 20)), asked: seed % 3);

            Assert.Equal(TokenCounter.O200kBase.Count(text), count);
        }
    }

    [Fact]
    public void It_can_be_asked_at_any_time_and_counts_as_if_the_text_ended_there()
    {
        var text = Encoding.UTF8.GetBytes("They'll say: 1234 cafés, don't\n\n  stop 文字 here. 🎉 ");
        var running = new RunningCount(TokenCounter.O200kBase);
        for (var at = 0; at < text.Length; at++)
        {
            running.Append(text.AsSpan(at, 1));
            running.Commit();

            Assert.InRange(running.Tokens, 1, running.MostTokens);
            Assert.Equal(TokenCounter.O200kBase.Count(text.AsSpan(0, at + 1)), running.Tokens);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("文")]
    [InlineData("Ab3")]
    [InlineData("\u0301")]
    public void A_piece_without_an_end_is_counted_in_parts_near_enough(string part)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 20_000)));

        var count = InParts(new RunningCount(TokenCounter.O200kBase), text, new Random(1), mostBytes: 40, asked: 1);

        var whole = TokenCounter.O200kBase.Count(text);
        Assert.InRange(count, whole, whole + (2 * text.Length / (RunningCount.BufferBytes / 2)) + 2);
    }

    [Fact]
    public void What_was_not_committed_does_not_count()
    {
        var running = new RunningCount(TokenCounter.O200kBase);
        running.Append("one two"u8);
        running.Commit();
        running.Append(" three four"u8);
        running.Rollback();
        running.Append(" five"u8);
        running.Commit();

        Assert.Equal(TokenCounter.O200kBase.Count("one two five"u8), running.Take());
    }

    [Fact]
    public void A_text_that_was_taken_does_not_join_the_next()
    {
        var running = new RunningCount(TokenCounter.O200kBase);
        running.Append("to"u8);
        running.Commit();
        Assert.Equal(1, running.Take());
        running.Append("gether"u8);
        running.Commit();

        Assert.Equal(TokenCounter.O200kBase.Count("gether"u8), running.Take());
        Assert.Equal(0, running.Tokens);
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("The quick brown fox, 42 times; caf\u00E9 \u6587\u5B57. ", 100)));
        var running = new RunningCount(TokenCounter.O200kBase);

        var allocated = Allocations.Of(() =>
        {
            for (var at = 0; at < text.Length; at += 17)
            {
                running.Append(text.AsSpan(at, Math.Min(17, text.Length - at)));
                running.Commit();
                _ = running.Tokens;
            }

            running.Take();
        });

        Assert.Equal(0, allocated);
    }

    private static long InParts(RunningCount running, ReadOnlySpan<byte> text, Random random, int mostBytes, int asked)
    {
        while (!text.IsEmpty)
        {
            var length = Math.Min(text.Length, 1 + random.Next(mostBytes));
            running.Append(text[..length]);
            running.Commit();
            text = text[length..];
            if (asked > 0 && random.Next(asked) == 0)
            {
                _ = running.Tokens;
            }
        }

        var count = running.Take();
        running.Release();
        return count;
    }
}
