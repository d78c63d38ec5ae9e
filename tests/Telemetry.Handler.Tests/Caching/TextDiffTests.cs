using System.Text;
using Telemetry.Handler.Caching.Diagnosing;
using Xunit;

namespace Telemetry.Handler.Tests.Caching;

public sealed class TextDiffTests
{
    [Theory]
    [InlineData("It is 12:00.", "It is 12:01.", "It is 12:0[0.] -> [1.]")]
    [InlineData("", "new", "[] -> [new]")]
    [InlineData("a", "b", "[a] -> [b]")]
    [InlineData("süß und gut", "süd und gut", "sü[ß und gut] -> [d und gut]")]
    public void A_change_is_shown_with_what_is_around_it(string before, string after, string expected) => Assert.Equal(expected, Diff(before, after));

    [Fact]
    public void Long_texts_are_cut_on_both_sides()
    {
        var head = string.Concat(Enumerable.Repeat("word ", 100));

        var diff = Diff(head + "one, and then a good deal more of it: word word", head + "two, and then a good deal more of it: word word");

        Assert.StartsWith("…", diff, StringComparison.Ordinal);
        Assert.EndsWith("word [one, and then a good deal more of it: wo…] -> [two, and then a good deal more of it: wo…]", diff, StringComparison.Ordinal);
        Assert.InRange(diff.Length, 60, 120);
    }

    [Fact]
    public void No_character_is_cut_in_two_wherever_texts_differ()
    {
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var (before, after) = (Some(random), Some(random));

            var diff = Diff(before, after);

            Assert.DoesNotContain('\uFFFD', diff);
            Assert.Contains("] -> [", diff, StringComparison.Ordinal);
        }
    }

    private static string Some(Random random) => string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => random.Next(4) switch { 0 => "é", 1 => "字", 2 => "🜁", _ => "a" }));

    private static string Diff(string before, string after)
    {
        var (one, other) = (Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));
        return TextDiff.Of(one, other, one.AsSpan().CommonPrefixLength(other));
    }
}
