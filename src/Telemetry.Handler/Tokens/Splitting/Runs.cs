using System.Runtime.CompilerServices;

namespace Telemetry.Handler.Tokens.Splitting;

/// <summary>Runs of characters, as the patterns of several vocabularies have them.</summary>
internal static class Runs
{
    private const int MostDigits = 3;
    private const int LongSFirstByte = 0xC5;
    private const int LongSSecondByte = 0xBF;

    /// <summary>The end of a run of characters that have one of some classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int End(ReadOnlySpan<byte> text, int at, CharacterClasses classes)
    {
        while (at < text.Length && (CharacterTable.Read(text, at, out var length) & classes) != CharacterClasses.None)
        {
            at += length;
        }

        return at;
    }

    /// <summary>The end of a run of characters that are neither letters nor numbers nor white space: <c>[^\s\p{L}\p{N}]*</c>.</summary>
    public static int EndOfOthers(ReadOnlySpan<byte> text, int at)
    {
        const CharacterClasses NoOthers = CharacterClasses.Letter | CharacterClasses.Number | CharacterClasses.Space;
        while (at < text.Length && (CharacterTable.Read(text, at, out var length) & NoOthers) == CharacterClasses.None)
        {
            at += length;
        }

        return at;
    }

    /// <summary>The end of up to three numbers: <c>\p{N}{1,3}</c>.</summary>
    public static int EndOfNumber(ReadOnlySpan<byte> text, int at)
    {
        for (var digits = 0; digits < MostDigits && at < text.Length; digits++)
        {
            if ((CharacterTable.Read(text, at, out var length) & CharacterClasses.Number) == CharacterClasses.None)
            {
                break;
            }

            at += length;
        }

        return at;
    }

    /// <summary>A run of white space.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="afterNewLine">The end of the last line break in it; the start when there is none.</param>
    /// <param name="last">Where its last character begins.</param>
    /// <returns>Its end.</returns>
    public static int EndOfSpace(ReadOnlySpan<byte> text, int start, out int afterNewLine, out int last)
    {
        var at = start;
        (afterNewLine, last) = (start, start);
        while (at < text.Length)
        {
            var classes = CharacterTable.Read(text, at, out var length);
            if ((classes & CharacterClasses.Space) == CharacterClasses.None)
            {
                break;
            }

            last = at;
            at += length;
            if ((classes & CharacterClasses.NewLine) != CharacterClasses.None)
            {
                afterNewLine = at;
            }
        }

        return at;
    }

    /// <summary>The length of an English ending, <c>'(?i:s|t|re|ve|m|ll|d)</c>; zero where there is none.</summary>
    public static int Contraction(ReadOnlySpan<byte> text, int at)
    {
        if (at + 1 >= text.Length || text[at] != '\'')
        {
            return 0;
        }

        var first = text[at + 1] | 0x20;
        if (first is 's' or 't' or 'm' or 'd')
        {
            return 2;
        }

        if (at + 2 >= text.Length)
        {
            return 0;
        }

        // The long s is an s in another case.
        if (text[at + 1] == LongSFirstByte && text[at + 2] == LongSSecondByte)
        {
            return 3;
        }

        var second = text[at + 2] | 0x20;
        return (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }
}
