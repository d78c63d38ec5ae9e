using EndToEnd.Tests.Html;
using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Pictures;

/// <summary>
/// The approved charts as Chromium draws them, in both themes. With the variable <c>PICTURES=folder</c> they are written there to be looked at.
/// </summary>
public sealed class ChartPictureTests(Easel easel) : IClassFixture<Easel>
{
    private const int Dark = 64;
    private const int Light = 192;

    public static TheoryData<string> Charts =>
    [
        .. Directory.GetFiles(RepositoryFiles.Path("tests/CostReport.Cli.Tests/Approved"), "*.svg", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryFiles.Root, file))
            .Order(StringComparer.Ordinal),
    ];

    [ChromiumTheory]
    [MemberData(nameof(Charts))]
    public async Task A_chart_is_drawn_in_both_themes_and_its_texts_keep_apart(string file)
    {
        var svg = await File.ReadAllTextAsync(RepositoryFiles.Path(file));

        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var picture = await easel.ShowAsync(svg, theme);
            var png = await picture.ScreenshotAsync();
            await KeepAsync($"{Path.GetFileNameWithoutExtension(file)}-{theme}.png", png);
            var (colours, corner) = await easel.LookAsync(png);

            Assert.Empty(await Layout.FaultsAsync(picture));
            Assert.InRange(colours, 2, int.MaxValue);
            Assert.True(theme is ColorScheme.Dark ? corner < Dark : corner > Light, $"{theme}: {corner}");
        }

        easel.IsQuiet();
    }

    [ChromiumTheory]
    [InlineData("<text x='10' y='50'>one</text><text x='14' y='52'>other</text>", "lies on")]
    [InlineData("<text x='90' y='50'>a name that is too long</text>", "leaves the picture")]
    [InlineData("<rect x='10' y='10' width='10' height='200'/>", "leaves the picture")]
    public async Task What_lies_where_it_should_not_is_seen(string marks, string fault)
    {
        var picture = await easel.ShowAsync($"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100' width='100' height='100'>{marks}</svg>", ColorScheme.Light);

        Assert.Contains(fault, Assert.Single(await Layout.FaultsAsync(picture)), StringComparison.Ordinal);
    }

    private static async Task KeepAsync(string name, byte[] png)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, name), png);
        }
    }
}
