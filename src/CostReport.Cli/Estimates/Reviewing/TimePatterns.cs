namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>
/// How dates and times are written. A pattern is matched from left to right, without going back: <c>d</c> is a digit, <c>n</c> one or two,
/// <c>m</c> a month's English name, <c>w</c> one in any language, a blank one or two of them, <c>_</c> what stands between a date and more
/// of it; others are themselves.
/// </summary>
internal static class TimePatterns
{
    private const int LongestMonth = 9;

    private const int LongestNumber = 8;

    private static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    /// <summary>Whether a text begins with a date and a time.</summary>
    public static bool IsTime(ReadOnlySpan<byte> text) => LengthOf(text, Times(text)) > 0;

    /// <summary>The length of the date that a text begins with; 0 where it begins with none.</summary>
    public static int DateLength(ReadOnlySpan<byte> text)
    {
        var length = LengthOf(text, (Date(text), null));
        return length < text.Length && (char.IsAsciiLetterOrDigit((char)text[length]) || text[length] is (byte)'-' or (byte)'/') ? 0 : length;
    }

    // 2026-11-20T10:30, 2026/11/20 10:30, 11/20/2026 5:30 PM, 20.11.2026 10:30, 20 Nov 2026 10:30, 20/Nov/2026:10:30, 20261120T1030;
    // November 20, 2026 at 10:30, Nov 20 2026 10:30, Nov 20 10:30:07 (of date and of syslog).
    private static (string? First, string? Second) Times(ReadOnlySpan<byte> text) => Beginning(text) switch
    {
        (4, '-') => ("dddd-dd-dd_n:dd", null),
        (4, '/') => ("dddd/dd/dd_n:dd", null),
        (4, '.') => ("dddd.dd.dd_n:dd", null),
        (1 or 2, '/') => ("n/n/dddd_n:dd", "n/w/dddd:dd:dd"),
        (1 or 2, '.') => ("n.n.dddd_n:dd", "n. w dddd_n:dd"),
        (1 or 2, '-') => ("n-n-dddd_n:dd", "n-w-dddd_n:dd"),
        (1 or 2, ' ') => ("n w dddd_n:dd", null),
        (8, 'T') => ("ddddddddTdddd", null),
        (0, _) when EnglishMonth(text) > 0 => ("m n_dddd_n:dd", "m n n:dd:dd"),
        _ => default,
    };

    private static string? Date(ReadOnlySpan<byte> text) => Beginning(text) switch
    {
        (4, '-') => "dddd-dd-dd",
        (4, '/') => "dddd/dd/dd",
        (1 or 2, '/') => "n/n/dddd",
        (1 or 2, '.') => "n.n.dddd",
        (1 or 2, ' ') => "n m dddd",
        (0, _) => "m n_dddd",
        _ => null,
    };

    // How many digits come first, and what behind them: most text is no date by that alone.
    private static (int Digits, char Next) Beginning(ReadOnlySpan<byte> text)
    {
        var digits = Digits(text, LongestNumber);
        return (digits, digits < text.Length ? (char)text[digits] : default);
    }

    private static int LengthOf(ReadOnlySpan<byte> text, (string? First, string? Second) patterns)
    {
        var length = patterns.First is { } first ? Match(text, first) : 0;
        return length == 0 && patterns.Second is { } second ? Match(text, second) : length;
    }

    private static int Match(ReadOnlySpan<byte> text, string pattern)
    {
        var at = 0;
        foreach (var letter in pattern)
        {
            var rest = text[at..];
            var length = letter switch
            {
                'd' => Digits(rest, 1),
                'n' => Digits(rest, 2),
                'm' => EnglishMonth(rest),
                'w' => Word(rest),
                ' ' => Blanks(rest),
                '_' => Gap(rest),
                _ => !rest.IsEmpty && rest[0] == letter ? 1 : 0,
            };
            if (length == 0)
            {
                return 0;
            }

            at += length;
        }

        return at;
    }

    private static int Digits(ReadOnlySpan<byte> text, int most)
    {
        var length = 0;
        while (length < most && length < text.Length && char.IsAsciiDigit((char)text[length]))
        {
            length++;
        }

        return length;
    }

    private static int Blanks(ReadOnlySpan<byte> text) => text.StartsWith("  "u8) ? 2 : text.StartsWith(" "u8) ? 1 : 0;

    // "2026, 10:30", "2026 at 10:30", "2026T10:30"
    private static int Gap(ReadOnlySpan<byte> text)
    {
        var comma = text.StartsWith(","u8) ? 1 : 0;
        var rest = text[comma..];
        return rest.StartsWith(" at "u8) ? comma + " at "u8.Length
            : Blanks(rest) is > 0 and var blanks ? comma + blanks
            : comma == 0 && rest.StartsWith("T"u8) ? 1 : 0;
    }

    private static int Word(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && length <= LongestMonth && (char.IsAsciiLetter((char)text[length]) || text[length] >= 0x80))
        {
            length++;
        }

        return length is < 3 or > LongestMonth ? 0 : text[length..].StartsWith("."u8) ? length + 1 : length;
    }

    private static int EnglishMonth(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !"jfmasondJFMASOND"u8.Contains(text[0]))
        {
            return 0;
        }

        var length = Word(text);
        var name = length > 0 && text[length - 1] == '.' ? text[..(length - 1)] : text[..length];
        foreach (var month in Months)
        {
            if ((name.Length == 3 || name.Length == month.Length || (name.Length == 4 && month[0] == 's')) && IsBeginning(name, month))
            {
                return length;
            }
        }

        return 0;
    }

    private static bool IsBeginning(ReadOnlySpan<byte> name, string month)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (i >= month.Length || (name[i] | 0x20) != month[i])
            {
                return false;
            }
        }

        return true;
    }
}
