using System.Text;
using Telemetry.Handler.Tokens;
using Telemetry.Handler.Tokens.Vocabularies;
using Xunit;

namespace Telemetry.Handler.Tests.Tokens;

public sealed class BytePairEncoderTests
{
    private static readonly VocabularyFile File = VocabularyFile.Read("cl100k_base");
    private static readonly Vocabulary Vocabulary = Vocabulary.Read("cl100k_base");

    [Fact]
    public void The_search_finds_what_merging_pair_by_pair_gives()
    {
        var merges = new MergeTable(File.Left, File.Right);
        var workspace = new Workspace();
        for (var seed = 0; seed < 3_000; seed++)
        {
            var piece = Piece(seed);

            var count = BytePairEncoder.Encode(Vocabulary, piece, workspace);

            Assert.Equal(Merge(merges, piece), workspace.Tokens[..count].ToArray());
        }
    }

    [Theory]
    [InlineData("one letter")]
    [InlineData("spaces")]
    [InlineData("equals signs")]
    [InlineData("two letters in turn")]
    [InlineData("no UTF-8")]
    public void A_text_of_a_megabyte_is_encoded_without_trying_a_place_twice(string kind)
    {
        var text = Hostile(kind, 1_000_000);

        var ids = TokenCounter.O200kBase.Encode(text);

        Assert.Equal(text, TokenCounter.O200kBase.Decode(ids));
    }

    private static byte[] Hostile(string kind, int length) => kind switch
    {
        "one letter" => [.. Enumerable.Repeat((byte)'a', length)],
        "spaces" => [.. Enumerable.Repeat((byte)' ', length)],
        "equals signs" => [.. Enumerable.Repeat((byte)'=', length)],
        "no UTF-8" => [.. Enumerable.Repeat((byte)0xFF, length)],
        _ => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 2 == 0 ? 'a' : 'b'))],
    };

    // Few letters, so that there are many ways to merge them; and bytes that no word has.
    private static byte[] Piece(int seed)
    {
        var random = new Random(seed);
        var letters = (seed % 4) switch
        {
            0 => "abc",
            1 => "etaoin shrdlu",
            2 => " \n=-_",
            _ => "中文あe\u0301🎉",
        };
        var piece = new StringBuilder();
        for (var left = random.Next(1, 60); left > 0; left--)
        {
            piece.Append(letters[random.Next(letters.Length)]);
        }

        return Encoding.UTF8.GetBytes(piece.ToString());
    }

    private static List<int> Merge(MergeTable merges, byte[] piece)
    {
        var tokens = piece.Select(value => File.Singles[value]).ToList();
        while (true)
        {
            var (best, at) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < tokens.Count; i++)
            {
                var merged = merges.Find(tokens[i], tokens[i + 1]);
                if (merged < best)
                {
                    (best, at) = (merged, i);
                }
            }

            if (at < 0)
            {
                return tokens;
            }

            tokens[at] = best;
            tokens.RemoveAt(at + 1);
        }
    }
}
