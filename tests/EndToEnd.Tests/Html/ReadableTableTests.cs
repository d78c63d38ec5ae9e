using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Html;

/// <summary>The tables of every report, on any screen and on paper. With the variable <c>PICTURES=folder</c> they are kept there to be looked at.</summary>
public sealed class ReadableTableTests(Browser browser, ManyReports reports) : IClassFixture<Browser>, IClassFixture<ManyReports>
{
    private const int Paper = 688; // A4 without its margins, at 96 points to the inch

    public static TheoryData<string, string> Reports => new()
    {
        { "summary", "--since 7d" },
        { "models", "models" },
        { "usage", "--by model,session,day" },
        { "sessions", "sessions" },
        { "conversations", "conversations" },
        { "turns", "conversations support-4711" },
        { "calls", "calls --last 40" },
        { "cache", "cache --by model,session" },
        { "context", "context" },
        { "tools", "tools" },
        { "limits", "limits" },
        { "latency", "latency" },
        { "errors", "errors" },
        { "attempts", "attempts --by model" },
        { "whatif", "whatif --model claude-haiku-4-5" },
    };

    [ChromiumTheory]
    [MemberData(nameof(Reports))]
    public async Task No_cell_is_a_column_of_letters_and_nothing_leaves_the_page(string name, string command)
    {
        await using var open = await browser.OpenAsync(await reports.PageAsync(command));
        foreach (var (width, media) in new[] { (480, Media.Screen), (768, Media.Screen), (1280, Media.Screen), (Paper, Media.Print) })
        {
            await open.Page.SetViewportSizeAsync(width, 900);
            await open.Page.EmulateMediaAsync(new() { Media = media });
            await KeepAsync(open.Page, $"{name}-{(media is Media.Print ? "paper" : width.ToString(CultureInfo.InvariantCulture))}.png");

            Assert.Empty(await open.Page.EvaluateAsync<string[]>(Broken));
            Assert.Empty(await open.Page.EvaluateAsync<string[]>(media is Media.Print ? BeyondThePaper : BeyondTheScreen));
            Assert.Empty(await open.Page.EvaluateAsync<string[]>(Untold));
        }

        open.IsQuiet();
    }

    // Cells of which a line but the last has fewer than five characters, or whose words of common length are parted within.
    private const string Broken = """
        () => Array.from(document.querySelectorAll('tbody th, tbody td, tfoot th, tfoot td')).filter(c => c.checkVisibility()).map(cell => {
          const lines = [];
          const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode;
            for (let i = 0; i < node.length; i++) {
              const range = document.createRange();
              range.setStart(node, i);
              range.setEnd(node, i + 1);
              const box = range.getClientRects()[0];
              if (!box) continue;
              const last = lines.at(-1);
              if (!last || box.top > last.top + box.height / 2) lines.push({ top: box.top, text: node.data[i] });
              else last.text += node.data[i];
            }
          }
          const texts = lines.map(line => line.text);
          const isThin = texts.slice(0, -1).some(text => text.trim().length < 5);
          const isParted = texts.slice(0, -1).some((_, i) => {
            const [before, after] = [texts.slice(0, i + 1).join('').match(/\S*$/)[0], texts.slice(i + 1).join('').match(/^\S*/)[0]];
            return before && after && !/[-\/?]$/.test(before) && before.length + after.length <= 24;
          });
          return isThin || isParted ? texts.join('/') : '';
        }).filter(Boolean)
        """;

    private const string BeyondTheScreen = """
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page is wider than the screen'] : []
        """;

    private const string BeyondThePaper = """
        () => Array.from(document.querySelectorAll('main *')).filter(e => e.checkVisibility() && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map(e => e.outerHTML.slice(0, 120)).slice(0, 5)
        """;

    // Columns that are not there, and are not named below the table.
    private const string Untold = """
        () => Array.from(document.querySelectorAll('table[id]')).filter(table => table.checkVisibility()).flatMap(table =>
          Array.from(table.tHead.rows[0].cells).filter(cell => cell.textContent && !cell.checkVisibility())
            .map(cell => cell.textContent)
            .filter(name => !Array.from(table.parentElement.parentElement.querySelectorAll('.left')).some(note => note.checkVisibility() && note.textContent.includes(name)))
            .map(name => table.id + ': ' + name))
        """;

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
        }
    }
}
