using CostReport.Cli.Arguments;
using CostReport.Cli.Html.Pages;

namespace CostReport.Cli.World;

/// <summary>Writes a page's file: whole or not at all.</summary>
internal static class HtmlFile
{
    /// <summary>Writes the file that <c>--html</c> names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="page">The page.</param>
    /// <exception cref="UserError">It cannot be written.</exception>
    public static void Write(string path, HtmlPage page)
    {
        try
        {
            Replace(Path.GetFullPath(path), page.ToString());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw UserError.Usage($"--html '{SafeText.Short(path)}' cannot be written: {error.Message}");
        }
    }

    // Beside it first, then renamed: whoever looks sees the old page or the new one, never half of it.
    private static void Replace(string target, string html)
    {
        var beside = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(beside, html);
            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
