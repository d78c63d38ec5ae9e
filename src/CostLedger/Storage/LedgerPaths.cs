using System.Globalization;

namespace CostLedger.Storage;

/// <summary>The names of the files beside a ledger.</summary>
internal static class LedgerPaths
{
    /// <summary>Between the ledger's name and the process id of a spool file.</summary>
    public const string SpoolMark = ".spool-";

    /// <summary>Between the ledger's name and the process id of a file of in-flight notes.</summary>
    public const string InFlightMark = ".inflight-";

    /// <summary>Between the ledger's name and the time at which a damaged file was moved aside.</summary>
    public const string CorruptMark = ".corrupt-";

    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>SQLite's files, the write-ahead log first: see <see cref="LedgerRepair"/> for why the order matters.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = ["-wal", "-shm", ""];

    /// <summary>The file that is locked while a ledger is created or moved aside.</summary>
    public static string Lock(string ledger) => ledger + ".lock";

    /// <summary>A spool file of this process.</summary>
    public static string Spool(string ledger, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{ledger}{SpoolMark}{Environment.ProcessId}-{number}");

    /// <summary>A file of in-flight notes of this process.</summary>
    public static string InFlight(string ledger) =>
        string.Create(CultureInfo.InvariantCulture, $"{ledger}{InFlightMark}{Environment.ProcessId}-{Guid.NewGuid():N}");

    /// <summary>The name a damaged ledger gets; a number is added where two are moved within a second.</summary>
    public static string Aside(string ledger, DateTimeOffset now)
    {
        var stem = ledger + CorruptMark + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var name = stem;
        for (var n = 2; Suffixes.Any(suffix => File.Exists(name + suffix)); n++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{n}");
        }

        return name;
    }

    /// <summary>The files beside a ledger that carry a mark, in name order.</summary>
    public static IReadOnlyList<string> Beside(string ledger, string mark)
    {
        var folder = Path.GetDirectoryName(ledger);
        if (string.IsNullOrEmpty(folder) || !Directory.Exists(folder))
        {
            return [];
        }

        // The name is compared, not matched: a ledger's name may contain wildcards.
        var start = Path.GetFileName(ledger) + mark;
        return [.. Directory.EnumerateFiles(folder)
            .Where(file => Path.GetFileName(file).StartsWith(start, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Opens a file that nobody else can open meanwhile, in any process; only its owner may read it.</summary>
    /// <exception cref="IOException">It is in use, or cannot be opened.</exception>
    public static FileStream OpenPrivate(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = PrivateFile;
        }

        return new FileStream(path, options);
    }
}
