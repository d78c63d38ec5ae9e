using System.Buffers;
using System.Text;

namespace Telemetry.Handler.Content.Texts;

/// <summary>Takes out of URLs what can hold secrets: queries, fragments, and who logs in.</summary>
internal static class UriText
{
    private const string Scheme = "://";

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"'<>()");

    /// <summary>One URL without them. Data that stands in the URL itself goes too.</summary>
    public static string WithoutSecrets(string uri) => uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        ? SecretMask.Binary
        : SecretMask.Apply(InText(uri));

    /// <summary>A text, all URLs in it without them.</summary>
    public static string InText(string text)
    {
        StringBuilder? plain = null;
        var done = 0;
        while (text.IndexOf(Scheme, done, StringComparison.Ordinal) is >= 0 and var found)
        {
            plain ??= new StringBuilder(text.Length);
            var begin = found + Scheme.Length;
            var rest = text.AsSpan(begin);
            var length = rest.IndexOfAny(Ends);
            var uri = length < 0 ? rest : rest[..length];
            plain.Append(text, done, begin - done).Append(WithoutUserAndQuery(uri));
            done = begin + uri.Length;
        }

        return plain is null ? text : plain.Append(text, done, text.Length - done).ToString();
    }

    private static ReadOnlySpan<char> WithoutUserAndQuery(ReadOnlySpan<char> uri)
    {
        var query = uri.IndexOfAny('?', '#');
        uri = query < 0 ? uri : uri[..query];
        var path = uri.IndexOf('/');
        var user = (path < 0 ? uri : uri[..path]).LastIndexOf('@');
        return uri[(user + 1)..];
    }
}
