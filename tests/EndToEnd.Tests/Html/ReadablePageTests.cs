using EndToEnd.Tests.Pictures;
using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Html;

/// <summary>The page as it is to be read: on any screen, on paper, and by those who do not see it.</summary>
public sealed class ReadablePageTests(Browser browser) : IClassFixture<Browser>
{
    private const int PaperWidth = 688; // A4 without its margins, at 96 points to the inch
    private const double LeastContrast = 4.5; // https://www.w3.org/TR/WCAG22/#contrast-minimum

    public static TheoryData<ColorScheme, int> Screens => new MatrixTheoryData<ColorScheme, int>([ColorScheme.Light, ColorScheme.Dark], [1280, 480]);

    [ChromiumTheory]
    [MemberData(nameof(Screens))]
    public async Task Every_text_stands_out_and_nothing_is_wider_than_the_screen(ColorScheme theme, int width)
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync(), new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 900 } });
        await open.Page.Locator("summary").First.ClickAsync();

        var texts = await open.Page.EvaluateAsync<Text[]>(Contrasts);

        Assert.True(texts.Length > 500, $"{texts.Length} texts");
        Assert.All(texts, t => Assert.True(t.Contrast >= LeastContrast, $"{t.Content}: {t.Contrast}"));
        Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        open.IsQuiet();
    }

    [ChromiumTheory]
    [InlineData(1280)]
    [InlineData(480)]
    public async Task No_text_of_a_chart_lies_on_another(int width)
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync(), new() { ViewportSize = new() { Width = width, Height = 900 } });
        await open.Page.Locator("summary").First.ClickAsync();

        var charts = await open.Page.Locator("svg.cr:visible").AllAsync();

        Assert.True(charts.Count >= 5, $"{charts.Count} charts");
        foreach (var chart in charts)
        {
            Assert.Empty(await Layout.FaultsAsync(chart));
        }
    }

    [ChromiumFact]
    public async Task Headings_come_in_order_and_ids_are_told_apart()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());

        var levels = await open.Page.EvaluateAsync<int[]>("() => Array.from(document.querySelectorAll('h1, h2, h3, h4, h5, h6'), h => Number(h.tagName[1]))");
        var ids = await open.Page.EvaluateAsync<string[]>("() => Array.from(document.querySelectorAll('[id]'), e => e.id)");

        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"{pair}"));
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [ChromiumFact]
    public async Task Tables_have_a_name_and_every_cell_has_its_headings()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());

        var faults = await open.Page.EvaluateAsync<string[]>("""
            () => Array.from(document.querySelectorAll('table[id]')).flatMap(table => {
              const of = [];
              if (!table.caption || !table.caption.textContent.trim()) of.push('no name');
              if (!table.tHead || Array.from(table.tHead.rows[0].cells).some(c => c.tagName !== 'TH' || c.scope !== 'col' || !c.textContent.trim() && !c.classList.contains('x'))) of.push('columns');
              if (Array.from(table.tBodies[0].rows).some(r => r.cells[0].tagName !== 'TH' || r.cells[0].scope !== 'row')) of.push('rows');
              return of.map(fault => table.id + ': ' + fault);
            })
            """);

        Assert.Empty(faults);
        Assert.True(await open.Page.Locator("table[id]").CountAsync() >= 6);
    }

    [ChromiumFact]
    public async Task What_can_be_used_has_a_name_and_what_is_drawn_is_told()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());
        foreach (var role in new[] { AriaRole.Button, AriaRole.Searchbox, AriaRole.Link, AriaRole.Region, AriaRole.Navigation, AriaRole.Group, AriaRole.Img })
        {
            var all = await open.Page.GetByRole(role).CountAsync();
            var named = await open.Page.GetByRole(role, new() { NameRegex = new(@"\S", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).CountAsync();

            // A group of details needs none: its summary is its name.
            var details = role == AriaRole.Group ? await open.Page.Locator("details").CountAsync() : 0;
            Assert.InRange(named, all - details, all);
        }

        var charts = await open.Page.EvaluateAsync<string[]>("() => Array.from(document.querySelectorAll('svg.cr'), s => s.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id).textContent.trim()).filter(Boolean).length === 2 ? '' : s.outerHTML.slice(0, 200)).filter(Boolean)");
        Assert.Empty(charts);
    }

    [ChromiumFact]
    public async Task Tab_reaches_every_control_and_shows_where_it_is()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());
        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 120; i++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            reached.Add(await open.Page.EvaluateAsync<string>("() => { const e = document.activeElement; const s = getComputedStyle(e); return (s.outlineStyle === 'none' ? 'unseen ' : '') + e.tagName.toLowerCase() + (e.getAttribute('role') || '') + (e.className.baseVal ?? e.className); }"));
        }

        Assert.DoesNotContain(reached, r => r.StartsWith("unseen", StringComparison.Ordinal));
        Assert.Contains("divgroupplot", reached);
        Assert.Contains("gbutton", reached);
        Assert.Contains("button", reached);
        Assert.Contains("divregionscroll", reached);
    }

    [ChromiumFact]
    public async Task Prints_dark_on_white_on_several_pages_with_nothing_cut_off()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync(), new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = PaperWidth, Height = 1000 } });
        await open.Page.Locator("summary").First.ClickAsync();

        var pdf = System.Text.Encoding.Latin1.GetString(await open.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true }));
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.InRange(System.Text.RegularExpressions.Regex.Count(pdf, @"/Type /Page\b", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)), 3, 60);
        Assert.Equal("rgb(255, 255, 255)", await open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.True(await open.Page.Locator("details[open] svg").First.IsVisibleAsync());
        Assert.Empty(await open.Page.EvaluateAsync<string[]>("""
            () => Array.from(document.querySelectorAll('main *')).filter(e => e.checkVisibility() && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
              .map(e => e.outerHTML.slice(0, 120)).slice(0, 5)
            """));
        Assert.All(await open.Page.EvaluateAsync<Text[]>(Contrasts), t => Assert.True(t.Contrast >= LeastContrast, $"{t.Content}: {t.Contrast}"));
    }

    // Texts on the colours of a chart have an ink of their own, which the tests of themes look at.
    private const string Contrasts = """
        () => {
          const parse = color => color.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let e = element; e; e = e.parentElement) {
              const color = parse(getComputedStyle(e).backgroundColor);
              if (color.length < 4 || color[3] === 1) return color;
            }
            return [255, 255, 255];
          };
          const found = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || element.closest('script, style, title, desc, .sr, .skip, [class*="on-"]')) continue;
            if (!element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) continue;
            const style = getComputedStyle(element);
            const back = light(behind(element)), ink = light(parse(element.closest('svg') ? style.fill : style.color));
            found.push({ content: walker.currentNode.data.trim().slice(0, 60), contrast: (Math.max(back, ink) + 0.05) / (Math.min(back, ink) + 0.05) });
          }
          return found;
        }
        """;

    /// <summary>A text that is seen.</summary>
    internal sealed record Text
    {
        public string Content { get; init; } = "";

        public double Contrast { get; init; }
    }
}
