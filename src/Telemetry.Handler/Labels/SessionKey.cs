using System.Security.Cryptography;

namespace Telemetry.Handler.Labels;

/// <summary>The key under which sessions are hashed: a file beside the ledger that only its owner can read, made on first use.</summary>
internal static class SessionKey
{
    /// <summary>The number of bytes of a key.</summary>
    public const int ByteCount = 32;

    /// <summary>What is added to the ledger's path.</summary>
    public const string Suffix = ".key";

    /// <summary>Reads the key of a ledger, or makes it; processes that do so at the same time get the same.</summary>
    /// <param name="ledgerPath">The ledger's file.</param>
    /// <param name="isNew">Whether it was made just now.</param>
    /// <returns>The key. Where none can be kept it is a new one, so that sessions are hashed all the same, and told apart by process.</returns>
    public static byte[] LoadOrCreate(string ledgerPath, out bool isNew)
    {
        isNew = false;
        var path = ledgerPath + Suffix;
        var fresh = RandomNumberGenerator.GetBytes(ByteCount);
        try
        {
            if (Load(path) is { } known)
            {
                return known;
            }

            var key = Create(path, fresh);
            isNew = key == fresh;
            return key;
        }
        catch (IOException)
        {
            return fresh;
        }
        catch (UnauthorizedAccessException)
        {
            return fresh;
        }
    }

    private static byte[]? Load(string path) => File.Exists(path) && File.ReadAllBytes(path) is { Length: ByteCount } key ? key : null;

    // Written whole under another name first: no process can read half a key.
    private static byte[] Create(string path, byte[] fresh)
    {
        var draft = $"{path}.{Convert.ToHexStringLower(fresh.AsSpan(0, 4))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(fresh);
        }

        try
        {
            // A file that is no key (cut off, emptied) is replaced; a key never is.
            File.Move(draft, path, overwrite: File.Exists(path) && Load(path) is null);
            return fresh;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return Load(path) ?? fresh;
        }
    }
}
