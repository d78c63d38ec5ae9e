using System.Globalization;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Glances;

/// <summary>
/// The last lines, in a small file beside the ledger: a prompt that comes again and again opens the ledger only when it has changed. What is
/// wrong with the file is no matter: the ledger is asked instead.
/// </summary>
/// <param name="path">The file; null for none.</param>
/// <param name="stamp">The ledger's state.</param>
/// <param name="time">The clock.</param>
internal sealed class GlanceMemory(string? path, LedgerStamp stamp, TimeProvider time)
{
    private const int MostLines = 8;
    private const int LongestFile = 64 * 1024;
    private const char Separator = '\t';

    /// <summary>How old a line may become where nothing changes: the day goes on, and so does the day of a session.</summary>
    private static readonly TimeSpan s_oldest = TimeSpan.FromMinutes(1);

    private string Stamp => string.Create(CultureInfo.InvariantCulture, $"{stamp.Size:x}-{stamp.Written.Ticks:x}");

    /// <summary>The line that answers a question; null where it must be asked.</summary>
    /// <param name="question">All on which the line depends beside the ledger.</param>
    public string? Find(string question)
    {
        var parts = Lines().Select(line => line.Split(Separator, 4)).FirstOrDefault(p => p.Length == 4 && p[0] == Key(question));
        if (parts is null || parts[1] != Stamp || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var made))
        {
            return null;
        }

        // A clock that was set back makes the future of what was kept.
        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - made;
        return age >= 0 && age < s_oldest.TotalMilliseconds ? parts[3] : null;
    }

    /// <summary>Keeps a line.</summary>
    /// <param name="question">All on which it depends beside the ledger.</param>
    /// <param name="line">The line.</param>
    public void Keep(string question, string line)
    {
        if (path is null || stamp == default)
        {
            return;
        }

        var key = Key(question);
        var kept = string.Create(CultureInfo.InvariantCulture, $"{key}\t{Stamp}\t{time.GetUtcNow().ToUnixTimeMilliseconds()}\t{line}");
        var lines = Lines().Where(l => !l.StartsWith(key, StringComparison.Ordinal)).Take(MostLines - 1).Prepend(kept);
        var beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            Write(beside, string.Join('\n', lines) + "\n");
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that may only be read: the ledger is asked each time.
        }
    }

    private string[] Lines()
    {
        try
        {
            return path is not null && stamp != default && new FileInfo(path) is { Exists: true, Length: <= LongestFile } ? File.ReadAllLines(path) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Who may read a session's name is whom the ledger's owner lets.
    private static void Write(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }

    // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), which needs no library to be loaded: names of sessions stay out of the file.
    private static string Key(string question)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in question)
        {
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
