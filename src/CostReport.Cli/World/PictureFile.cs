using CostReport.Cli.Arguments;

namespace CostReport.Cli.World;

/// <summary>Writes a picture's file: whole or not at all.</summary>
internal static class PictureFile
{
    /// <summary>Writes the file that <c>--chart</c> names.</summary>
    /// <exception cref="UserError">It cannot be written.</exception>
    public static void Write(string path, string svg)
    {
        try
        {
            Replace(path, svg);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw UserError.Usage($"--chart '{SafeText.Short(path)}' cannot be written: {error.Message}");
        }
    }

    // Beside it first, then renamed: whoever looks sees the old picture or the new one, never half of it.
    private static void Replace(string path, string text)
    {
        var target = Path.GetFullPath(path);
        var beside = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
