using System.Buffers;

namespace Telemetry.Handler.Content.Texts;

/// <summary>How one kind of secret looks: what it begins with, which characters it has, and how long it is at least.</summary>
internal sealed class SecretRule
{
    private const int MaxGap = 16;

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/=");

    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t\r\n\"'`,;&\\)]}");
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\"'`");

    private readonly Kind _kind;
    private readonly int _shortest;

    private SecretRule(string start, Kind kind, int shortest)
    {
        (Start, _kind, _shortest) = (start, kind, shortest);
    }

    private enum Kind : byte
    {
        Token,
        AwsKey,
        Value,
        Line,
        Pem,
    }

    /// <summary>What it begins with, in any case.</summary>
    public string Start { get; }

    /// <summary>A token that shows by its prefix what it is.</summary>
    public static SecretRule Token(string start, int shortest = 1) => new(start, Kind.Token, shortest);

    /// <summary>An access key id of AWS: four letters and sixteen more.</summary>
    public static SecretRule AwsKey(string start) => new(start, Kind.AwsKey, 16);

    /// <summary>One word after a name and a colon or an equals sign.</summary>
    public static SecretRule Value(string name) => new(name, Kind.Value, 1);

    /// <summary>The rest of the line after a name and a colon or an equals sign.</summary>
    public static SecretRule Line(string name) => new(name, Kind.Line, 1);

    /// <summary>A key in PEM: everything to its end.</summary>
    public static SecretRule Pem(string start) => new(start, Kind.Pem, 0);

    /// <summary>What is secret of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where <see cref="Start"/> was found.</param>
    /// <returns>Where the secret begins and how long it is; a length of 0 where there is none.</returns>
    public (int Begin, int Length) Find(ReadOnlySpan<char> text, int at)
    {
        var begin = at + Start.Length;
        return _kind switch
        {
            Kind.Token => (begin, LongEnough(text, begin, Run(text[begin..], TokenCharacters))),
            Kind.AwsKey => (at, IsAwsKey(text, at) ? Start.Length + _shortest : 0),
            Kind.Pem => (begin, PemLength(text[begin..])),
            _ => ValueOf(text, begin),
        };
    }

    // What stands at the end of a text that was cut may be the beginning of a secret.
    private int LongEnough(ReadOnlySpan<char> text, int begin, int length) =>
        length >= _shortest || begin + length == text.Length ? length : 0;

    private bool IsAwsKey(ReadOnlySpan<char> text, int at)
    {
        if ((at > 0 && char.IsAsciiLetterOrDigit(text[at - 1])) || !text[at..].StartsWith(Start, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text[(at + Start.Length)..];
        var length = rest.IndexOfAnyExcept(SecretMask.CapitalsAndDigits);
        return (length < 0 ? rest.Length : length) >= _shortest;
    }

    private (int Begin, int Length) ValueOf(ReadOnlySpan<char> text, int begin)
    {
        var at = SkipGap(text, begin);
        if (at == text.Length || text[at] is not (':' or '='))
        {
            return (begin, 0);
        }

        at = SkipGap(text, at + (text[at..].StartsWith("=>", StringComparison.Ordinal) ? 2 : 1));
        var rest = text[at..];
        var length = rest.IndexOfAny(_kind == Kind.Line ? LineEnds : ValueEnds);
        return (at, length < 0 ? rest.Length : length);
    }

    // Between a name and its value: quotes, as they stand in JSON, in JSON inside a string, and in shells.
    private static int SkipGap(ReadOnlySpan<char> text, int at)
    {
        var end = Math.Min(text.Length, at + MaxGap);
        while (at < end && text[at] is ' ' or '\t' or '"' or '\'' or '\\' or '`')
        {
            at++;
        }

        return at;
    }

    private static int PemLength(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf("-----END", StringComparison.Ordinal);
        return end < 0 ? rest.Length : end;
    }

    private static int Run(ReadOnlySpan<char> text, SearchValues<char> characters)
    {
        var length = text.IndexOfAnyExcept(characters);
        return length < 0 ? text.Length : length;
    }
}
