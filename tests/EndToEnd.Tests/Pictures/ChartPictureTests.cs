using EndToEnd.Tests.Html;
using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Pictures;

/// <summary>
/// The approved charts as Chromium draws them, in both themes. With the variable <c>PICTURES=folder</c> they are written there to be looked at.
/// </summary>
public sealed class ChartPictureTests(Browser browser) : IClassFixture<Browser>
{
    // Glyphs differ a little from the widths that charts are laid out with, and boxes are higher than the letters in them.
    private const string Faults = """
        svg => {
          const texts = Array.from(svg.querySelectorAll('text')).filter(t => t.textContent.trim());
          const boxes = texts.map(t => { const b = t.getBBox(); return { text: t.textContent, l: b.x, r: b.x + b.width, t: b.y + b.height * 0.2, b: b.y + b.height * 0.78 }; });
          const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
          const faults = [];
          boxes.forEach((a, i) => {
            if (a.l < -1 || a.r > width + 1 || a.t < 0 || a.b > height) faults.push(`'${a.text}' leaves the picture: ${a.l} to ${a.r} of ${width}, ${a.t} to ${a.b} of ${height}`);
            boxes.slice(i + 1).forEach(b => {
              if (a.l < b.r - 0.5 && b.l < a.r - 0.5 && a.t < b.b && b.t < a.b) faults.push(`'${a.text}' lies on '${b.text}'`);
            });
          });
          for (const mark of svg.querySelectorAll('rect, line, path, circle')) {
            const b = mark.getBBox();
            if (b.x < -1 || b.y < -1 || b.x + b.width > width + 1 || b.y + b.height > height + 1) faults.push(`${mark.outerHTML} leaves the picture`);
          }
          return faults.slice(0, 5);
        }
        """;

    public static TheoryData<string, bool> Charts =>
    [
        .. Directory.GetFiles(RepositoryFiles.Path("tests/CostReport.Cli.Tests/Approved"), "*.svg", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => new[] { (file, false), (file, true) })
            .Select(c => new TheoryDataRow<string, bool>(Path.GetRelativePath(RepositoryFiles.Root, c.file), c.Item2)),
    ];

    [ChromiumTheory]
    [MemberData(nameof(Charts))]
    public async Task A_chart_is_drawn_and_its_texts_keep_apart(string file, bool isDark)
    {
        var svg = await File.ReadAllTextAsync(RepositoryFiles.Path(file));
        var theme = isDark ? ColorScheme.Dark : ColorScheme.Light;
        await using var open = await browser.OpenAsync($"<!doctype html><title>Chart</title><style>:root{{color-scheme:light dark}}body{{margin:0}}</style>{svg}", new() { ColorScheme = theme, ViewportSize = new() { Width = 1000, Height = 800 } });
        var picture = open.Page.Locator("svg").First;

        var png = await picture.ScreenshotAsync();

        Keep(file, isDark, png);
        Assert.Empty(await picture.EvaluateAsync<string[]>(Faults));
        Assert.InRange(await ColoursAsync(open.Page, png), 2, int.MaxValue);
        open.IsQuiet();
    }

    // A blank picture has one colour.
    private static Task<int> ColoursAsync(IPage page, byte[] png) => page.EvaluateAsync<int>("""
        async data => {
          const image = new Image();
          image.src = 'data:image/png;base64,' + data;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
          canvas.drawImage(image, 0, 0);
          return new Set(new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer)).size;
        }
        """, Convert.ToBase64String(png));

    private static void Keep(string file, bool isDark, byte[] png)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}-{(isDark ? "dark" : "light")}.png"), png);
        }
    }
}
