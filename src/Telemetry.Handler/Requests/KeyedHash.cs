using System.Security.Cryptography;
using System.Text;

namespace Telemetry.Handler.Requests;

/// <summary>
/// Hides names behind a keyed hash (HMAC-SHA-256, the first 64 bits): equal names stay equal within a ledger, and nobody
/// without the key can tell by trying which name it was. The key lies beside the ledger, readable by its owner alone.
/// </summary>
internal sealed class KeyedHash
{
    private const int KeyLength = 32;
    private const int HashLength = 8;

    private readonly Lazy<byte[]> _key;

    private KeyedHash(Func<byte[]> key) => _key = new Lazy<byte[]>(key);

    /// <summary>A hash with a key in a file, made at its first use.</summary>
    public static KeyedHash InFile(string path) => new(() => LoadOrCreate(path));

    /// <summary>A hash with a key that lives as long as the process.</summary>
    public static KeyedHash InMemory() => new(() => RandomNumberGenerator.GetBytes(KeyLength));

    /// <summary>The hash of a name: 16 hexadecimal digits.</summary>
    public string Of(string name)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(name), hash);
        return Convert.ToHexStringLower(hash[..HashLength]);
    }

    // A key that cannot be stored still hides names, only not alike in the next process.
    private static byte[] LoadOrCreate(string path)
    {
        try
        {
            return Load(path) ?? Create(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return TryLoad(path) ?? RandomNumberGenerator.GetBytes(KeyLength);
        }
    }

    private static byte[] Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(key);
        return key;
    }

    private static byte[]? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var key = File.ReadAllBytes(path);
        return key.Length == KeyLength ? key : throw new IOException("The key file has an unexpected length.");
    }

    // Another process may have created the file a moment ago.
    private static byte[]? TryLoad(string path)
    {
        try
        {
            return Load(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
