using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;

namespace CostReport.Cli.Live.Serving;

/// <summary>What one must know to read the report: every program and user of a machine can reach its loopback address.</summary>
internal sealed class AccessToken
{
    private const int Characters = 32;
    private const int Fewest = 16;
    private const int Most = 128;
    private static readonly SearchValues<char> s_allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private readonly byte[] _bytes;

    private AccessToken(string text) => (Text, _bytes) = (text, Encoding.ASCII.GetBytes(text));

    /// <summary>The token.</summary>
    public string Text { get; }

    /// <summary>A new token of 128 random bits.</summary>
    public static AccessToken Create() => new(RandomNumberGenerator.GetHexString(Characters, lowercase: true));

    /// <summary>The token in a file; one is made where the file is missing.</summary>
    /// <exception cref="UserError">The file cannot be read or written, or holds no token.</exception>
    public static AccessToken Of(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Write(path, Create().Text);
            }

            var text = File.ReadAllText(path).Trim();
            return text.Length is >= Fewest and <= Most && !text.AsSpan().ContainsAnyExcept(s_allowed)
                ? new AccessToken(text)
                : throw UserError.Usage($"{LiveSpecs.TokenFile.Name} '{SafeText.Short(path)}' holds no token of {Fewest} to {Most} letters, digits, '-' and '_'; delete it, and one is made");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw UserError.Usage($"{LiveSpecs.TokenFile.Name} '{SafeText.Short(path)}' cannot be used: {error.Message}");
        }
    }

    /// <summary>Whether a text is the token. How long that takes says nothing about it.</summary>
    public bool Is(ReadOnlySpan<char> text) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text.ToArray()), _bytes);

    private static void Write(string path, string token)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, Encoding.ASCII, options);
        writer.Write(token + "\n");
    }
}
