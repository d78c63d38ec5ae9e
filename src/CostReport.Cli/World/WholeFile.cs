using System.Formats.Tar;
using CostReport.Cli.Arguments;

namespace CostReport.Cli.World;

/// <summary>Writes a file whole or not at all: whoever looks sees the old one or the new one, never half of it.</summary>
internal static class WholeFile
{
    /// <summary>
    /// Writes the file that an option names: beside its place first, then renamed. Where the name is a link, its target is replaced and
    /// the link stays; a device or a pipe (<c>/dev/null</c>) is no place for a file, and is written to as it is.
    /// </summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the file that it is given, whose name ends as that of <paramref name="path"/>.</param>
    /// <exception cref="UserError">It cannot be written.</exception>
    public static void Write(string option, string path, Action<string> write)
    {
        var beside = "";
        try
        {
            var named = Path.GetFullPath(path);
            var target = TargetOf(named);
            if (SpecialFile.Is(named) || SpecialFile.Is(target))
            {
                write(named);
                return;
            }

            RejectFolder(target);
            beside = $"{target}.{Environment.ProcessId}.tmp{Path.GetExtension(target)}";
            Replace(target, beside, write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or UserError)
        {
            throw UserError.Usage($"{option} '{SafeText.Short(path)}' cannot be written: {Told(error, path, beside)}");
        }
    }

    private static string TargetOf(string named) => new FileInfo(named) is { LinkTarget: not null } link
        ? link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? named
        : named;

    private static void Replace(string target, string beside, Action<string> write)
    {
        try
        {
            write(beside);
            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    // The system would speak of the file beside, of which a user knows nothing.
    private static void RejectFolder(string target)
    {
        if (Directory.Exists(target))
        {
            throw UserError.Usage("it is a folder; give a file's name");
        }

        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
        {
            throw UserError.Usage($"there is no folder '{SafeText.Short(folder)}'; make it first");
        }
    }

    private static string Told(Exception error, string path, string beside) => error switch
    {
        UnauthorizedAccessException => "its folder may not be written to; choose another",
        FileNotFoundException or DirectoryNotFoundException => "no file can be made in its folder; choose another",
        _ when beside.Length > 0 => error.Message.Replace(beside, path, StringComparison.Ordinal),
        _ => error.Message,
    };

    /// <summary>Tells devices and pipes, which are written to and never replaced.</summary>
    private static class SpecialFile
    {
        private static readonly string[] s_places = OperatingSystem.IsWindows() ? [@"\\.\"] : ["/dev/", "/proc/"];

        /// <summary>Whether a path is that of a device or a pipe.</summary>
        /// <param name="path">The full path; a link is itself no device, be its target one.</param>
        /// <exception cref="IOException">It is of another kind that can be no file, such as a socket.</exception>
        public static bool Is(string path)
        {
            var file = new FileInfo(path);
            return !Directory.Exists(path)
                && (IsInPlace(path) || (file is { LinkTarget: null, Exists: true, Length: 0 } && IsSpecial(path)));
        }

        // What a shell hands over as /dev/fd/63 is a link to a name that no folder has.
        private static bool IsInPlace(string path) =>
            Array.Exists(s_places, place => path.StartsWith(place, StringComparison.Ordinal)) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

        // Attributes do not tell, and a pipe cannot be opened to look; an archive's writer alone asks the system.
        private static bool IsSpecial(string path)
        {
            using var archive = new MemoryStream();
            using (var writer = new TarWriter(archive, leaveOpen: true))
            {
                try
                {
                    writer.WriteEntry(path, "file");
                }
                catch (UnauthorizedAccessException)
                {
                    // A file that may not be read can still be replaced.
                    return false;
                }
            }

            archive.Position = 0;
            using var reader = new TarReader(archive);
            return reader.GetNextEntry()?.EntryType is TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo;
        }
    }
}
