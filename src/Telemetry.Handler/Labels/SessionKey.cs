using System.Security.Cryptography;

namespace Telemetry.Handler.Labels;

/// <summary>The key of <see cref="SessionHash"/>: 32 random bytes beside the ledger, readable by the ledger's owner alone.</summary>
internal static class SessionKey
{
    private const int KeyLength = 32;

    /// <summary>Reads the key, or makes it. A key that cannot be stored still hides names, only not alike in the next process.</summary>
    /// <param name="path">The key's file.</param>
    public static byte[] LoadOrCreate(string path)
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

    /// <summary>A key that lives as long as the process.</summary>
    public static byte[] ForProcess() => RandomNumberGenerator.GetBytes(KeyLength);

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
