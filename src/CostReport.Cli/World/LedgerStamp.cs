namespace CostReport.Cli.World;

/// <summary>
/// What changes when a ledger does: the size and time of its file and of its write-ahead log, to which every commit is written.
/// Looking at them costs nothing, so a live view asks the ledger only when there is something new.
/// </summary>
/// <param name="Size">The sizes, added.</param>
/// <param name="Written">When the later of the two was written; the beginning of time where there is neither.</param>
internal readonly record struct LedgerStamp(long Size, DateTime Written)
{
    private const string Log = "-wal";

    /// <summary>The stamp of a ledger's file; the same for every ledger that does not exist.</summary>
    public static LedgerStamp Of(string path)
    {
        if (Target(path) is not { Exists: true } file)
        {
            return default;
        }

        var log = new FileInfo(file.FullName + Log);
        return new LedgerStamp(
            Length(file) + Length(log),
            file.LastWriteTimeUtc > log.LastWriteTimeUtc ? file.LastWriteTimeUtc : log.LastWriteTimeUtc);
    }

    // The size and time of a link are its own, and the log lies beside the file to which it leads.
    private static FileSystemInfo? Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // there is none, or links lead in a circle
        }
    }

    // Between two questions a log can go away.
    private static long Length(FileSystemInfo file)
    {
        try
        {
            return file is FileInfo { Exists: true } known ? known.Length : 0;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
