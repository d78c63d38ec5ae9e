namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Finds what is likely to differ from call to call: dates with a time, UUIDs, Unix times. One pass; nothing is kept.</summary>
internal static class VolatileText
{
    /// <summary>A date and a time.</summary>
    public const string DateTime = "A date with a time";

    /// <summary>A UUID.</summary>
    public const string Uuid = "A UUID";

    /// <summary>Seconds or milliseconds since 1970.</summary>
    public const string UnixTime = "A Unix time";

    // d: a digit, x: a hexadecimal digit, m: a letter of a month, others as they are. 2026-11-20T10:30, 2026/11/20 10:30, 20 Nov 2026 10:30.
    private static readonly (string Pattern, string What)[] Patterns =
    [
        ("dddd-dd-ddTdd:dd", DateTime), ("dddd-dd-dd dd:dd", DateTime), ("dddd/dd/dd dd:dd", DateTime), ("dd mmm dddd dd:dd", DateTime),
        ("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", Uuid),
    ];

    /// <summary>Finds the first.</summary>
    /// <param name="text">JSON, UTF-8.</param>
    /// <returns>Where it is and what it is; null where there is none.</returns>
    public static (int At, string What)? Find(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiHexDigit((char)text[i]) || (i > 0 && IsInside(text, i)))
            {
                continue;
            }

            foreach (var (pattern, what) in Patterns)
            {
                if (Matches(text[i..], pattern))
                {
                    return (i, what);
                }
            }

            if (IsUnixTime(text[i..]) && (i == 0 || text[i - 1] is not ((byte)'.' or (byte)'-')))
            {
                return (i, UnixTime);
            }
        }

        return null;
    }

    /// <summary>Whether a date with a time that was found is of midnight, as examples in a schema are.</summary>
    public static bool IsMidnight(ReadOnlySpan<byte> found) => found.Length >= 16 && found[11..16].SequenceEqual("00:00"u8);

    // An escape's letter, as in \n2026-…, begins no word.
    private static bool IsInside(ReadOnlySpan<byte> text, int at) =>
        char.IsAsciiLetterOrDigit((char)text[at - 1]) && !(at > 1 && text[at - 2] == '\\' && text[at - 1] is (byte)'n' or (byte)'t' or (byte)'r');

    private static bool Matches(ReadOnlySpan<byte> text, string pattern)
    {
        if (text.Length < pattern.Length || (text.Length > pattern.Length && char.IsAsciiLetterOrDigit((char)text[pattern.Length]) && pattern[0] == 'x'))
        {
            return false;
        }

        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = (char)text[i];
            var fits = pattern[i] switch
            {
                'd' => char.IsAsciiDigit(letter),
                'x' => char.IsAsciiHexDigit(letter),
                'm' => char.IsAsciiLetter(letter),
                var other => letter == other,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    // 2020-09-13 to 2033-05-18, in seconds or in milliseconds.
    private static bool IsUnixTime(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? text.Length : end;
        return digits is 10 or 13 && text[0] == '1' && text[1] is >= (byte)'6' and <= (byte)'9'
            && (digits == text.Length || !char.IsAsciiLetter((char)text[digits]));
    }
}
