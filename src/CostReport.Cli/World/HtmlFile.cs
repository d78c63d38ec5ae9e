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
    public static void Write(string path, HtmlPage page) => WholeFile.Write("--html", path, beside => File.WriteAllText(beside, page.ToString()));
}
