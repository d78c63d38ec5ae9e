namespace Telemetry.Handler.Tokens.Splitting;

/// <summary>
/// The pattern of o200k_base. Words, with their endings, are
/// <c>[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?</c> and
/// <c>[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?</c>; the rest is
/// <c>\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// </summary>
internal readonly struct O200kSplitter : ISplitter
{
    private const CharacterClasses NoPrefix = CharacterClasses.Letter | CharacterClasses.Number | CharacterClasses.NewLine;
    private const CharacterClasses Word = CharacterClasses.Upper | CharacterClasses.Lower;
    private const CharacterClasses AfterOthers = CharacterClasses.NewLine | CharacterClasses.Slash;

    /// <inheritdoc/>
    public static int Next(ReadOnlySpan<byte> text, int start)
    {
        var classes = CharacterTable.Read(text, start, out var length);
        var second = start + length;
        var word = EndOfWord(text, start, second, classes);
        if (word > start)
        {
            return word + Runs.Contraction(text, word);
        }

        if ((classes & CharacterClasses.Number) != CharacterClasses.None)
        {
            return Runs.EndOfNumber(text, start);
        }

        if ((classes & CharacterClasses.Space) == CharacterClasses.None)
        {
            return Runs.End(text, Runs.EndOfOthers(text, second), AfterOthers);
        }

        if (text[start] == ' ' && Runs.EndOfOthers(text, second) is var others && others > second)
        {
            return Runs.End(text, others, AfterOthers);
        }

        var end = Runs.EndOfSpace(text, start, out var afterNewLine, out var last);
        return afterNewLine > start ? afterNewLine
            : end == text.Length || last == start ? end
            : last;
    }

    // The four ways to match a word, in the pattern's order: with a lower part and a prefix, with a lower part alone, with an
    // upper part and a prefix, with an upper part alone.
    private static int EndOfWord(ReadOnlySpan<byte> text, int start, int second, CharacterClasses classes)
    {
        if ((classes & NoPrefix) != CharacterClasses.None)
        {
            return (classes & CharacterClasses.Letter) == CharacterClasses.None ? start : EndOfParts(text, start, out _);
        }

        var withPrefix = EndOfParts(text, second, out var hasLower);
        if (withPrefix > second && hasLower)
        {
            return withPrefix;
        }

        // Only a mark is both what may be a prefix and what may stand in a word, and it may stand in its lower part.
        if ((classes & Word) != CharacterClasses.None)
        {
            return EndOfParts(text, start, out _);
        }

        return withPrefix > second ? withPrefix : start;
    }

    /// <summary>The end of an upper part and a lower part; the start when there is neither.</summary>
    private static int EndOfParts(ReadOnlySpan<byte> text, int start, out bool hasLower)
    {
        var at = start;
        var afterLower = start;
        while (at < text.Length)
        {
            var classes = CharacterTable.Read(text, at, out var length);
            if ((classes & CharacterClasses.Upper) == CharacterClasses.None)
            {
                break;
            }

            at += length;
            if ((classes & CharacterClasses.Lower) != CharacterClasses.None)
            {
                afterLower = at;
            }
        }

        var end = Runs.End(text, at, CharacterClasses.Lower);

        // Without a lower part after it, the upper part gives back its end, up to a character that can be the lower part.
        hasLower = end > at || afterLower > start;
        return end > at || afterLower == start ? end : afterLower;
    }
}
