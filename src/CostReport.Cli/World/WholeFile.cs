using CostReport.Cli.Arguments;

namespace CostReport.Cli.World;

/// <summary>Writes a file whole or not at all: whoever looks sees the old one or the new one, never half of it.</summary>
internal static class WholeFile
{
    /// <summary>Writes the file that an option names: beside its place first, then renamed.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the file that it is given, whose name ends as that of <paramref name="path"/>.</param>
    /// <exception cref="UserError">It cannot be written.</exception>
    public static void Write(string option, string path, Action<string> write)
    {
        var beside = "";
        try
        {
            var target = Path.GetFullPath(path);
            RejectFolder(target);
            beside = $"{target}.{Environment.ProcessId}.tmp{Path.GetExtension(target)}";
            Replace(target, beside, write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or UserError)
        {
            throw UserError.Usage($"{option} '{SafeText.Short(path)}' cannot be written: {Told(error, path, beside)}");
        }
    }

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
}
