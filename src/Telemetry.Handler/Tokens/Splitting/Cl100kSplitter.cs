namespace Telemetry.Handler.Tokens.Splitting;

/// <summary>
/// The pattern of cl100k_base:
/// <c>'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s</c>.
/// </summary>
internal readonly struct Cl100kSplitter : ISplitter
{
    private const CharacterClasses NoPrefix = CharacterClasses.Letter | CharacterClasses.Number | CharacterClasses.NewLine;

    /// <inheritdoc/>
    public static int Next(ReadOnlySpan<byte> text, int start)
    {
        var classes = CharacterTable.Read(text, start, out var length);
        var second = start + length;
        if ((classes & CharacterClasses.Letter) != CharacterClasses.None)
        {
            return Runs.End(text, second, CharacterClasses.Letter);
        }

        if ((classes & CharacterClasses.Apostrophe) != CharacterClasses.None && Runs.Contraction(text, start) is > 0 and var ending)
        {
            return start + ending;
        }

        if ((classes & NoPrefix) == CharacterClasses.None)
        {
            var word = Runs.End(text, second, CharacterClasses.Letter);
            if (word > second)
            {
                return word;
            }
        }

        if ((classes & CharacterClasses.Number) != CharacterClasses.None)
        {
            return Runs.EndOfNumber(text, start);
        }

        if ((classes & CharacterClasses.Space) == CharacterClasses.None)
        {
            return Runs.End(text, Runs.EndOfOthers(text, second), CharacterClasses.NewLine);
        }

        if (text[start] == ' ' && Runs.EndOfOthers(text, second) is var others && others > second)
        {
            return Runs.End(text, others, CharacterClasses.NewLine);
        }

        return EndOfSpace(text, start);
    }

    private static int EndOfSpace(ReadOnlySpan<byte> text, int start)
    {
        var end = Runs.EndOfSpace(text, start, out var afterNewLine, out var last);
        return end == text.Length ? end
            : afterNewLine > start ? afterNewLine
            : last > start ? last
            : end;
    }
}
