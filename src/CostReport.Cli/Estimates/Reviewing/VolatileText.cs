using System.Buffers;
using System.Buffers.Text;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Finds what is likely to differ from call to call: dates with a time, ids made at random, Unix times. One pass; nothing is kept.</summary>
internal static class VolatileText
{
    /// <summary>A date and a time.</summary>
    public const string DateTime = "A date with a time";

    /// <summary>A UUID.</summary>
    public const string Uuid = "A UUID";

    /// <summary>A ULID: 26 letters and digits, the time first.</summary>
    public const string Ulid = "A ULID";

    /// <summary>Seconds or milliseconds since 1970.</summary>
    public const string UnixTime = "A Unix time";

    private const int HyphenedUuid = 36;
    private const int LastPart = 24;
    private const int BareUuid = 32;
    private const int UlidLength = 26;

    private static readonly SearchValues<byte> LowHex = SearchValues.Create("0123456789abcdef"u8);
    private static readonly SearchValues<byte> HighHex = SearchValues.Create("0123456789ABCDEF"u8);
    private static readonly SearchValues<byte> LowUlid = SearchValues.Create("0123456789abcdefghjkmnpqrstvwxyz"u8);
    private static readonly SearchValues<byte> HighUlid = SearchValues.Create("0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8);

    /// <summary>Finds the first.</summary>
    /// <param name="text">JSON, UTF-8.</param>
    /// <returns>Where it is and what it is; null where there is none.</returns>
    public static (int At, string What)? Find(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsBeginning(text, i) && At(text, i) is { } what)
            {
                return (i, what);
            }
        }

        return null;
    }

    /// <summary>Finds the first date without a time.</summary>
    /// <param name="text">JSON, UTF-8.</param>
    /// <param name="year">This year: dates of other years than this and the last are no days of calls.</param>
    /// <returns>Where it is; null where there is none.</returns>
    public static int? FindDate(ReadOnlySpan<byte> text, int year)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isPart = i > 0 && text[i - 1] is (byte)'-' or (byte)'/' or (byte)'.';
            if (!isPart && IsBeginning(text, i) && TimePatterns.DateLength(text[i..]) is > 0 and var length && YearOf(text.Slice(i, length)) is { } found
                && (found == year || found == year - 1))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Whether a date with a time that was found is of midnight, as examples in a schema are.</summary>
    public static bool IsMidnight(ReadOnlySpan<byte> found) => found.Length >= 16 && found[11..16].SequenceEqual("00:00"u8);

    // An escape's letter, as in \n2026-…, begins no word.
    private static bool IsBeginning(ReadOnlySpan<byte> text, int at) =>
        char.IsAsciiLetterOrDigit((char)text[at])
        && (at == 0 || !char.IsAsciiLetterOrDigit((char)text[at - 1]) || (at > 1 && text[at - 2] == '\\' && text[at - 1] is (byte)'n' or (byte)'t' or (byte)'r'));

    private static string? At(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[at..];
        if (TimePatterns.IsTime(rest))
        {
            return DateTime;
        }

        if (IsUuid(rest))
        {
            return Uuid;
        }

        return IsUlid(rest) ? Ulid
            : IsUnixTime(rest) && (at == 0 || text[at - 1] is not ((byte)'.' or (byte)'-')) ? UnixTime
            : null;
    }

    private static bool IsUuid(ReadOnlySpan<byte> text)
    {
        var word = WordOf(text, BareUuid);
        if (word.Length == BareUuid)
        {
            return IsOf(word, LowHex, HighHex);
        }

        return word.Length == 8 && text.Length >= HyphenedUuid && WordOf(text[LastPart..], HyphenedUuid - LastPart).Length == HyphenedUuid - LastPart
            && Utf8Parser.TryParse(text[..HyphenedUuid], out Guid _, out var read) && read == HyphenedUuid;
    }

    // The first ten digits are a time of this century; I, L, O and U are none.
    private static bool IsUlid(ReadOnlySpan<byte> text)
    {
        var word = WordOf(text, UlidLength);
        return word.Length == UlidLength && word.StartsWith("01"u8) && IsOf(word, LowUlid, HighUlid);
    }

    // In one case throughout, of digits and letters.
    private static bool IsOf(ReadOnlySpan<byte> word, SearchValues<byte> low, SearchValues<byte> high) =>
        (word.IndexOfAnyExcept(low) < 0 || word.IndexOfAnyExcept(high) < 0)
        && word.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0 && word.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0;

    // The letters and digits that a text begins with; one more than the longest that is of use shows that it is longer.
    private static ReadOnlySpan<byte> WordOf(ReadOnlySpan<byte> text, int longest)
    {
        var length = 0;
        while (length < text.Length && length <= longest && char.IsAsciiLetterOrDigit((char)text[length]))
        {
            length++;
        }

        return text[..length];
    }

    // 2020-09-13 to 2033-05-18, in seconds or in milliseconds.
    private static bool IsUnixTime(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? text.Length : end;
        return digits is 10 or 13 && text[0] == '1' && text[1] is >= (byte)'6' and <= (byte)'9'
            && (digits == text.Length || !char.IsAsciiLetter((char)text[digits]));
    }

    private static int? YearOf(ReadOnlySpan<byte> date)
    {
        for (var i = 0; i + 4 <= date.Length; i++)
        {
            if (date.Slice(i, 4).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            {
                return ((date[i] - '0') * 1_000) + ((date[i + 1] - '0') * 100) + ((date[i + 2] - '0') * 10) + (date[i + 3] - '0');
            }
        }

        return null;
    }
}
