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
}
