using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Html.Pages;

/// <summary>The style sheet and the script that every page holds.</summary>
internal static class PageAssets
{
    private static readonly Lazy<string> s_style = new(() => Read("page.css"));
    private static readonly Lazy<string> s_script = new(() => Read("page.js"));
    private static readonly Lazy<string> s_live = new(() => Read("live.js"));

    /// <summary>What a page looks like, its pictures included.</summary>
    public static string Style => StyleSheet.ForPage + "\n" + s_style.Value;

    /// <summary>What a page can do beyond being read.</summary>
    public static string Script => s_script.Value;

    /// <summary>What keeps a page that a server shows up to date.</summary>
    public static string LiveScript => s_live.Value;

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
