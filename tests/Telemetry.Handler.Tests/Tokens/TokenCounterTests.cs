using System.Buffers;
using System.Text;
using System.Text.Json;
using Telemetry.Handler.Tokens;
using Xunit;

namespace Telemetry.Handler.Tests.Tokens;

public sealed class TokenCounterTests
{
    public static TheoryData<string> Vocabularies => ["cl100k_base", "o200k_base"];

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Every_text_has_the_ids_of_the_reference_implementation(string name)
    {
        var counter = SomeTokens.Counter(name);
        var wrong = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(SomeTokens.VectorFile(name)))
        {
            var (text, ids) = Read(line);
            count++;
            if (!counter.Encode(text).AsSpan().SequenceEqual(ids))
            {
                wrong.Add(Encoding.UTF8.GetString(text));
            }
        }

        Assert.True(count > 700);
        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Decoding_gives_back_what_was_encoded_whatever_the_bytes(string name)
    {
        var counter = SomeTokens.Counter(name);
        for (var seed = 0; seed < 2_000; seed++)
        {
            var text = SomeTokens.Bytes(seed);

            var ids = counter.Encode(text);

            Assert.Equal(text, counter.Decode(ids));
            Assert.Equal(ids.Length, counter.Count(text));
        }
    }

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Every_token_is_encoded_as_itself(string name)
    {
        var counter = SomeTokens.Counter(name);
        var first = counter.Encode("!"u8)[0];
        var checkedTokens = 0;
        for (var id = 0; id < 100_000; id += 7)
        {
            var bytes = counter.Decode([id]);

            // A token is one piece only where the pattern does not cut it.
            if (counter.Encode(bytes) is [var only])
            {
                Assert.Equal(id, only);
                checkedTokens++;
            }
        }

        Assert.Equal(0, first);
        Assert.True(checkedTokens > 12_000);
    }

    [Fact]
    public void Characters_are_counted_as_their_UTF8()
    {
        var counter = TokenCounter.O200kBase;
        foreach (var text in (string[])["", "plain", "Grüße, 世界! 🎉", new string('x', 5_000) + "é"])
        {
            Assert.Equal(counter.Count(Encoding.UTF8.GetBytes(text)), counter.Count(text.AsSpan()));
        }

        Assert.Equal(counter.Count("\uFFFD".AsSpan()), counter.Count("\uD800".AsSpan()));
    }

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void A_long_piece_behind_another_is_counted_as_it_is_by_itself(string name)
    {
        var counter = SomeTokens.Counter(name);
        var usual = (int[])[1, 63, 64, 1_023, 1_024, 1_025, 1_100, 2_047, 2_048, 2_049, 4_096, 4_097];
        foreach (var (first, second) in usual.SelectMany(first => usual.Select(second => (first, second))))
        {
            // A piece of letters, and one of a space and letters.
            var (one, other) = (Noise(first, first), " " + Noise(second - 1, second));
            var together = counter.Count(one + other);

            Assert.Equal(counter.Count(one) + counter.Count(other), together);
            Assert.Equal(together, counter.Encode(Encoding.UTF8.GetBytes(one + other)).Length);
        }

        static string Noise(int length, int seed)
        {
            var random = new Random(seed);
            return string.Create(length, random, static (text, from) =>
            {
                foreach (ref var letter in text)
                {
                    letter = (char)('a' + from.Next(26));
                }
            });
        }
    }

    [Theory]
    [InlineData(1_100, 2_049)]
    [InlineData(3_000, 4_097)]
    public void A_run_of_spaces_behind_a_long_word_is_counted(int letters, int spaces) =>
        Assert.InRange(TokenCounter.O200kBase.Count(new string('x', letters) + new string(' ', spaces) + "y"), 100, letters + spaces);

    [Fact]
    public void A_buffer_that_throws_spoils_nothing()
    {
        var counter = TokenCounter.O200kBase;
        var text = Encoding.UTF8.GetBytes(new string('z', 3_000) + " and some more");
        var expected = counter.Encode(text);

        Assert.Throws<InvalidOperationException>(() => counter.Encode(text, new NoRoom()));

        Assert.Equal(expected, counter.Encode(text));
    }

    [Fact]
    public void Names_of_special_tokens_are_text() =>
        Assert.True(TokenCounter.Cl100kBase.Count("<|endoftext|>"u8) > 1);

    [Fact]
    public void An_id_that_is_not_in_the_vocabulary_is_refused()
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => TokenCounter.Cl100kBase.Decode([5, 100_256]));

        Assert.Contains("cl100k_base has no token of this id", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenCounter.Cl100kBase.Decode([-1]));
    }

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Counting_allocates_nothing(string name)
    {
        var counter = SomeTokens.Counter(name);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("The quick brown fox, 世界 🎉; x = 0x1F;\n", 500)));
        var noise = SomeTokens.Bytes(1);

        Assert.Equal(0, Allocations.Of(() => counter.Count(text)));
        Assert.Equal(0, Allocations.Of(() => counter.Count(noise)));
        Assert.Equal(0, Allocations.Of(() => counter.Count("characters, too".AsSpan())));
    }

    [Fact]
    public async Task Many_threads_count_the_same()
    {
        var counter = TokenCounter.O200kBase;
        var texts = Enumerable.Range(0, 200).Select(SomeTokens.Bytes).ToList();
        var expected = texts.Select(text => counter.Encode(text).Length).ToList();

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => texts.ConvertAll(text => counter.Count(text)))));

        Assert.All(counts, counted => Assert.Equal(expected, counted));
    }

    [Fact]
    public void A_long_text_can_be_encoded_into_a_buffer_of_the_caller()
    {
        var ids = new ArrayBufferWriter<int>();
        TokenCounter.O200kBase.Encode("one"u8, ids);
        TokenCounter.O200kBase.Encode(" two"u8, ids);
        var bytes = new ArrayBufferWriter<byte>();
        TokenCounter.O200kBase.Decode(ids.WrittenSpan, bytes);

        Assert.Equal("one two", Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private static (byte[] Text, int[] Ids) Read(string line)
    {
        var values = JsonDocument.Parse(line).RootElement;
        return (values[0].GetBytesFromBase64(), [.. values.EnumerateArray().Skip(1).Select(id => id.GetInt32())]);
    }

    private sealed class NoRoom : IBufferWriter<int>
    {
        public void Advance(int count) => throw new InvalidOperationException("planted");

        public Memory<int> GetMemory(int sizeHint = 0) => throw new InvalidOperationException("planted");

        public Span<int> GetSpan(int sizeHint = 0) => throw new InvalidOperationException("planted");
    }
}
