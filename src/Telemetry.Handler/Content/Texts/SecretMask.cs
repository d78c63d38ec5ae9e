using System.Buffers;
using System.Text;

namespace Telemetry.Handler.Content.Texts;

/// <summary>
/// Takes out of a text what looks like a key, a token, a cookie or binary data. It looks for the forms that are known; what an
/// application calls a secret in words of its own stays.
/// </summary>
internal static class SecretMask
{
    /// <summary>What stands for a secret.</summary>
    public const string Secret = "[masked]";

    /// <summary>What stands for binary data.</summary>
    public const string Binary = "[binary]";

    /// <summary>The shortest run of characters without a gap that is taken for encoded binary data.</summary>
    private const int ShortestBinary = 512;

    /// <summary>Encoded data is often wrapped; its lines are at least so long.</summary>
    private const int ShortestBinaryLine = 60;

    private static readonly SecretRule[] Rules =
    [
        SecretRule.Token("sk-ant-"), SecretRule.Token("sk-proj-"), SecretRule.Token("ghp_", 16), SecretRule.Token("gho_", 16),
        SecretRule.Token("github_pat_", 16), SecretRule.Token("xoxb-", 8), SecretRule.Token("xoxp-", 8), SecretRule.Token("AIza", 30),
        SecretRule.Token("ya29.", 16), SecretRule.Token("eyJ", 30), SecretRule.Token("bearer ", 8),
        SecretRule.AwsKey("AKIA"), SecretRule.AwsKey("ASIA"),
        SecretRule.Value("api-key"), SecretRule.Value("api_key"), SecretRule.Value("apikey"), SecretRule.Value("security-token"),
        SecretRule.Value("secret_access_key"), SecretRule.Value("secretaccesskey"), SecretRule.Value("session_token"),
        SecretRule.Value("access_token"), SecretRule.Value("refresh_token"), SecretRule.Value("id_token"),
        SecretRule.Value("client_secret"), SecretRule.Value("password"), SecretRule.Value("auth-token"), SecretRule.Value("auth_token"),
        SecretRule.Line("authorization"), SecretRule.Line("cookie"),
        SecretRule.Pem("PRIVATE KEY-----"),
    ];

    private static readonly SearchValues<string> Starts = SearchValues.Create(
        Rules.Select(static rule => rule.Start).ToArray(), StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> EncodingCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=");

    /// <summary>Names of members whose value is a secret, in lower case and without marks between the words.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "apikey", "xapikey", "xgoogapikey", "authorization", "proxyauthorization", "authorizationtoken", "accesstoken", "refreshtoken",
        "idtoken", "authtoken", "bearertoken", "token", "sessiontoken", "securitytoken", "xamzsecuritytoken", "secret", "clientsecret",
        "secretkey", "secretaccesskey", "awssecretaccesskey", "awssessiontoken", "password", "passwd", "passphrase", "privatekey",
        "cookie", "setcookie", "cookies",
    };

    internal static SearchValues<char> CapitalsAndDigits { get; } = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>The text without secrets and binary data; the same instance where there are none.</summary>
    public static string Apply(string text) => WithoutBinary(WithoutSecrets(text));

    /// <summary>Whether a member of this name holds a secret.</summary>
    public static bool IsSecretName(string name)
    {
        const int Longest = 32;
        if (name.Length > Longest)
        {
            return false;
        }

        Span<char> plain = stackalloc char[Longest];
        var length = 0;
        foreach (var character in name)
        {
            if (character is not ('-' or '_' or ' ' or '.'))
            {
                plain[length++] = char.ToLowerInvariant(character);
            }
        }

        return Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(plain[..length]);
    }

    private static string WithoutSecrets(string text)
    {
        StringBuilder? masked = null;
        var (done, from) = (0, 0);
        while (text.AsSpan(from).IndexOfAny(Starts) is >= 0 and var found)
        {
            var at = from + found;
            var (begin, length) = Longest(text, at);
            from = Math.Max(at + 1, begin + length);
            if (length > 0)
            {
                masked ??= new StringBuilder(text.Length);
                masked.Append(text, done, begin - done).Append(Secret);
                done = begin + length;
            }
        }

        return masked is null ? text : masked.Append(text, done, text.Length - done).ToString();
    }

    // Several rules can begin at one place; the one that hides most holds.
    private static (int Begin, int Length) Longest(string text, int at)
    {
        var best = (Begin: at, Length: 0);
        foreach (var rule in Rules)
        {
            if (text.AsSpan(at).StartsWith(rule.Start, StringComparison.OrdinalIgnoreCase) && rule.Find(text, at) is var found
                && found.Length > best.Length)
            {
                best = found;
            }
        }

        return best;
    }

    private static string WithoutBinary(string text)
    {
        if (text.Length < ShortestBinary)
        {
            return text;
        }

        StringBuilder? masked = null;
        var (done, from) = (0, 0);
        while (text.AsSpan(from).IndexOfAny(EncodingCharacters) is >= 0 and var found)
        {
            var begin = from + found;
            var length = EncodedLength(text.AsSpan(begin));
            from = begin + length;
            if (length >= ShortestBinary && LooksEncoded(text.AsSpan(begin, length)))
            {
                masked ??= new StringBuilder(text.Length);
                masked.Append(text, done, begin - done).Append(Binary);
                done = from;
            }
        }

        return masked is null ? text : masked.Append(text, done, text.Length - done).ToString();
    }

    private static int EncodedLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (true)
        {
            var line = text[length..].IndexOfAnyExcept(EncodingCharacters);
            if (line < 0)
            {
                return text.Length;
            }

            length += line;
            var gap = text[length..].StartsWith("\r\n", StringComparison.Ordinal) ? 2 : text[length] is '\n' ? 1 : 0;
            if (gap == 0 || line < ShortestBinaryLine)
            {
                return length;
            }

            length += gap;
        }
    }

    // Rows of one character, as people draw lines with, are no data.
    private static bool LooksEncoded(ReadOnlySpan<char> run) =>
        run.ContainsAnyInRange('0', '9') && (run.ContainsAnyInRange('a', 'z') || run.ContainsAnyInRange('A', 'Z'));
}
