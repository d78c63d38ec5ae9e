using System.Text;
using System.Text.RegularExpressions;
using Telemetry.Handler.Tokens.Splitting;
using Xunit;

namespace Telemetry.Handler.Tests.Tokens;

/// <summary>The hand-written splitters cut as the patterns do. .NET's expressions see UTF-16, so the texts here stay in the first plane.</summary>
public sealed partial class SplitterTests
{
    [Fact]
    public void Cl100k_cuts_as_its_pattern() => Check<Cl100kSplitter>(Cl100kPattern());

    [Fact]
    public void O200k_cuts_as_its_pattern() => Check<O200kSplitter>(O200kPattern());

    [Fact]
    public void Every_character_of_the_first_plane_is_cut_as_the_pattern_does()
    {
        for (var first = 0; first < 0x1_0000; first++)
        {
            if (!char.IsSurrogate((char)first))
            {
                Compare<O200kSplitter>(O200kPattern(), $"{(char)first}aB{(char)first}. {(char)first}1 {(char)first}");
                Compare<Cl100kSplitter>(Cl100kPattern(), $"{(char)first}aB{(char)first}. {(char)first}1 {(char)first}");
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xE4, 0xB8 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xF8, 0x88, 0x80, 0x80, 0x80 })]
    public void Bytes_that_are_no_UTF8_are_symbols(byte[] bytes)
    {
        byte[] text = [(byte)'a', .. bytes, (byte)'1'];

        Assert.Equal(1, O200kSplitter.Next(text, 0));
        Assert.Equal(1 + bytes.Length, O200kSplitter.Next(text, 1));
        Assert.Equal(1 + bytes.Length, Cl100kSplitter.Next(text, 1));
    }

    private static void Check<TSplitter>(Regex pattern)
        where TSplitter : struct, ISplitter
    {
        for (var seed = 0; seed < 5_000; seed++)
        {
            Compare<TSplitter>(pattern, SomeTokens.Text(seed).Replace("🎉", "☃", StringComparison.Ordinal).Replace("𝒳", "Ω", StringComparison.Ordinal));
        }
    }

    private static void Compare<TSplitter>(Regex pattern, string text)
        where TSplitter : struct, ISplitter
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var pieces = new List<string>();
        for (var start = 0; start < bytes.Length;)
        {
            var end = TSplitter.Next(bytes, start);
            pieces.Add(Encoding.UTF8.GetString(bytes, start, end - start));
            start = end;
        }

        Assert.Equal(pattern.Matches(text).Select(match => match.Value), pieces);
    }

    // Possessive quantifiers are written as atomic groups; the long s is an s in another case.
    [GeneratedRegex(
        @"'(?:[sdmtSDMTſ]|[lL][lL]|[vV][eE]|[rR][eE])|(?>(?:[^\r\n\p{L}\p{N}])?)(?>\p{L}+)|(?>\p{N}{1,3})|(?> ?[^\s\p{L}\p{N}]+[\r\n]*)|(?>\s+)\z|\s*[\r\n]|\s+(?!\S)|\s",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Cl100kPattern();

    [GeneratedRegex(
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?:'[sStTmMdDſ]|'[rR][eE]|'[vV][eE]|'[lL][lL])?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?:'[sStTmMdDſ]|'[rR][eE]|'[vV][eE]|'[lL][lL])?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex O200kPattern();
}
