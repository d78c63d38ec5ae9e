using System.Globalization;
using System.Runtime.CompilerServices;

namespace Telemetry.Handler.Tokens.Splitting;

/// <summary>The classes of the characters of a UTF-8 text.</summary>
internal static class CharacterTable
{
    private const int PageSize = 256;
    private const int CodePoints = 0x11_0000;
    private const int FirstOfTwoBytes = 0xC2;
    private const int FirstOfThreeBytes = 0xE0;
    private const int FirstOfFourBytes = 0xF0;
    private const int BeyondLast = 0xF5;

    private static readonly CharacterClasses[] Ascii = MakePage(0)[..128];

    // Made when a text first has a character of the page; two threads that make the same page make the same thing.
    private static readonly CharacterClasses[]?[] Pages = new CharacterClasses[CodePoints / PageSize][];

    /// <summary>Reads a character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the character begins; within the text.</param>
    /// <param name="length">Its length in bytes; one for a byte that is no UTF-8.</param>
    /// <returns>Its classes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterClasses Read(ReadOnlySpan<byte> text, int at, out int length)
    {
        var first = text[at];
        if (first < 0x80)
        {
            length = 1;
            return Ascii[first];
        }

        return OfCodePoint(Decode(text, at, out length));
    }

    /// <summary>Decodes a character that is not ASCII.</summary>
    /// <returns>Its code point; -1 for a byte that is no UTF-8.</returns>
    public static int Decode(ReadOnlySpan<byte> text, int at, out int length)
    {
        length = 1;
        int first = text[at];
        if (first is < FirstOfTwoBytes or >= BeyondLast || at + 1 >= text.Length || !IsContinuation(text[at + 1]))
        {
            return -1;
        }

        var second = text[at + 1] & 0x3F;
        if (first < FirstOfThreeBytes)
        {
            length = 2;
            return ((first & 0x1F) << 6) | second;
        }

        if (at + 2 >= text.Length || !IsContinuation(text[at + 2]))
        {
            return -1;
        }

        var third = text[at + 2] & 0x3F;
        if (first < FirstOfFourBytes)
        {
            return OfLength(((first & 0x0F) << 12) | (second << 6) | third, least: 0x800, 3, ref length);
        }

        return at + 3 < text.Length && IsContinuation(text[at + 3])
            ? OfLength(((first & 0x07) << 18) | (second << 12) | (third << 6) | (text[at + 3] & 0x3F), least: 0x1_0000, 4, ref length)
            : -1;
    }

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;

    // Overlong forms, surrogates and what is beyond the last code point are no UTF-8.
    private static int OfLength(int codePoint, int least, int bytes, ref int length)
    {
        if (codePoint < least || codePoint >= CodePoints || codePoint is >= 0xD800 and <= 0xDFFF)
        {
            return -1;
        }

        length = bytes;
        return codePoint;
    }

    private static CharacterClasses OfCodePoint(int codePoint)
    {
        if (codePoint < 0)
        {
            return CharacterClasses.None;
        }

        var page = Pages[codePoint / PageSize] ??= MakePage(codePoint / PageSize);
        return page[codePoint % PageSize];
    }

    private static CharacterClasses[] MakePage(int page)
    {
        var classes = new CharacterClasses[PageSize];
        for (var i = 0; i < PageSize; i++)
        {
            classes[i] = Classify((page * PageSize) + i);
        }

        return classes;
    }

    private static CharacterClasses Classify(int codePoint) => codePoint switch
    {
        '\n' or '\r' => CharacterClasses.Space | CharacterClasses.NewLine,
        '\'' => CharacterClasses.Apostrophe,
        '/' => CharacterClasses.Slash,
        <= char.MaxValue when char.IsWhiteSpace((char)codePoint) => CharacterClasses.Space,
        _ => OfCategory(CharUnicodeInfo.GetUnicodeCategory(codePoint)),
    };

    private static CharacterClasses OfCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => CharacterClasses.Letter | CharacterClasses.Upper,
        UnicodeCategory.LowercaseLetter => CharacterClasses.Letter | CharacterClasses.Lower,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClasses.Letter | CharacterClasses.Upper | CharacterClasses.Lower,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark =>
            CharacterClasses.Upper | CharacterClasses.Lower,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClasses.Number,
        _ => CharacterClasses.None,
    };
}
