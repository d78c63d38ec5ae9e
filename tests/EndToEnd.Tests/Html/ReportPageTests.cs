using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Html;

/// <summary>The page in a real browser, as a reader uses it.</summary>
public sealed class ReportPageTests(Browser browser) : IClassFixture<Browser>
{
    [ChromiumFact]
    public async Task Loads_without_a_complaint_and_asks_for_nothing()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());

        Assert.Contains("7 days", await open.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await open.Page.Locator("h1").CountAsync());
        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task Hostile_names_are_shown_and_not_run()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());

        Assert.True(await open.Page.GetByText(Pages.Hostile, new() { Exact = true }).CountAsync() > 0);
        Assert.Equal(0, await open.Page.Locator("img").CountAsync());
        Assert.NotEqual("owned", await open.Page.TitleAsync());
        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task A_column_sorts_both_ways_and_says_so()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());
        var heading = open.Page.Locator("#sessions-table thead th").Filter(new() { HasText = "calls" });

        await heading.GetByRole(AriaRole.Button).ClickAsync();

        Assert.Equal("descending", await heading.GetAttributeAsync("aria-sort"));
        var falling = await NumbersAsync(open, 4);
        Assert.Equal(falling.OrderDescending(), falling);
        Assert.Equal(1, await open.Page.Locator("#sessions-table [aria-sort]").CountAsync());

        await open.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("ascending", await heading.GetAttributeAsync("aria-sort"));
        var rising = await NumbersAsync(open, 4);
        Assert.Equal(rising.Order(), rising);
        Assert.True(rising[0] < falling[0]);
    }

    [ChromiumFact]
    public async Task Rows_are_found_by_words_and_come_back()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());
        var field = open.Page.GetByLabel("Filter: Sessions");
        var shown = await open.RowsAsync("sessions-table");

        await field.FillAsync("session-13");

        Assert.Equal(1, await open.RowsAsync("sessions-table"));
        Assert.Equal("1 of 25 rows with “session-13”", await open.Page.Locator(".tools:has(#sessions-table-filter) [role=status]").TextContentAsync());

        await field.PressAsync("Escape");

        Assert.Equal(15, shown);
        Assert.Equal(shown, await open.RowsAsync("sessions-table"));

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Show all 25 rows" }).ClickAsync();

        Assert.Equal(25, await open.RowsAsync("sessions-table"));
    }

    [ChromiumFact]
    public async Task Pointing_at_a_column_tells_its_values()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());

        await open.Page.Locator("#cost .wide .col").Nth(2).HoverAsync();

        var tip = open.Page.Locator("#cost .tip");
        Assert.True(await tip.IsVisibleAsync());
        Assert.Matches(@"^\w{3} \d+ Nov 2026: \$\d", await tip.TextContentAsync() ?? "");

        await open.Page.Mouse.MoveAsync(2, 2);

        Assert.False(await tip.IsVisibleAsync());
    }

    [ChromiumFact]
    public async Task Arrow_keys_read_a_chart()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());
        await open.Page.Locator("#cost .plot").FocusAsync();

        await open.Page.Keyboard.PressAsync("ArrowRight");
        var first = await open.Page.Locator(".tip").TextContentAsync();
        await open.Page.Keyboard.PressAsync("End");
        var last = await open.Page.Locator(".tip").TextContentAsync();
        await open.Page.Keyboard.PressAsync("Home");

        Assert.NotEqual(first, last);
        Assert.Equal(first, await open.Page.Locator(".tip").TextContentAsync());
        Assert.Equal(first, await open.Page.Locator("body > [role=status]").TextContentAsync());

        await open.Page.Keyboard.PressAsync("Escape");

        Assert.False(await open.Page.Locator(".tip").IsVisibleAsync());
    }

    [ChromiumFact]
    public async Task A_series_is_switched_off_and_on_by_pointer_and_by_key()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());
        var entry = open.Page.Locator("#cost .wide [data-legend='0']");
        var parts = open.Page.Locator("#cost .wide [data-series='0']");
        var above = open.Page.Locator("#cost .wide .col").Nth(2).Locator("[data-series='1']");
        var before = (await above.BoundingBoxAsync())!.Y;

        await entry.ClickAsync();

        Assert.Equal("false", await entry.GetAttributeAsync("aria-pressed"));
        Assert.False(await parts.First.IsVisibleAsync());
        Assert.True((await above.BoundingBoxAsync())!.Y > before + 1, "what is left stands on the ground");

        await entry.FocusAsync();
        await open.Page.Keyboard.PressAsync("Space");

        Assert.Equal("true", await entry.GetAttributeAsync("aria-pressed"));
        Assert.True(await parts.First.IsVisibleAsync());
        Assert.Equal(before, (await above.BoundingBoxAsync())!.Y, 0.1);
    }

    [ChromiumFact]
    public async Task A_line_is_switched_off_by_its_name()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());

        await open.Page.Locator("#latency .wide [data-legend='1'] text").ClickAsync();

        Assert.False(await open.Page.Locator("#latency .wide g[data-series='1'] path").IsVisibleAsync());
        Assert.True(await open.Page.Locator("#latency .wide g[data-series='0'] path").IsVisibleAsync());
    }

    [ChromiumFact]
    public async Task A_link_opens_the_call_that_it_leads_to()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());

        await open.Page.Locator("#dearest-table tbody a").First.ClickAsync();

        Assert.Equal(1, await open.Page.Locator("details[open]").CountAsync());
        Assert.True(await open.Page.Locator("details[open] svg").First.IsVisibleAsync());
        Assert.True(await open.Page.Locator("details[open]").GetByText("measured").First.IsVisibleAsync());
    }

    [ChromiumFact]
    public async Task A_call_that_was_tried_again_shows_both_attempts_and_tells_their_parts()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());
        var call = open.Page.Locator("details").Filter(new() { HasText = "attempt 2" }).First;
        await call.Locator("summary").ClickAsync();

        await call.Locator(".plot").FocusAsync();
        await open.Page.Keyboard.PressAsync("ArrowRight");

        Assert.True(await call.Locator("svg text").GetByText("attempt 1", new() { Exact = true }).IsVisibleAsync());
        Assert.True(await call.Locator("svg text").GetByText("attempt 2", new() { Exact = true }).IsVisibleAsync());
        Assert.NotEmpty(await call.Locator(".tip").TextContentAsync() ?? "");
        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task The_first_stop_of_the_keyboard_leads_past_the_list_of_sections()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());

        await open.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the report", await open.Page.Locator(":focus").TextContentAsync());
        await open.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("report", await open.Page.Locator(":focus").GetAttributeAsync("id"));
    }

    [ChromiumFact]
    public async Task Without_scripts_all_is_there_to_read()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync(), new() { JavaScriptEnabled = false });

        Assert.True(await open.Page.Locator("#cost .wide svg").IsVisibleAsync());
        Assert.Equal(25, await open.RowsAsync("sessions-table"));
        Assert.Equal(0, await open.Page.Locator("button, input").CountAsync());
        await open.Page.Locator("summary").First.ClickAsync();
        Assert.True(await open.Page.Locator("details[open] svg").First.IsVisibleAsync());
        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task A_narrow_page_does_not_scroll_sideways()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync(), new() { ViewportSize = new() { Width = 380, Height = 800 } });

        Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.True(await open.Page.Locator("#cost .narrow svg").IsVisibleAsync());
        Assert.False(await open.Page.Locator("#cost .wide svg").IsVisibleAsync());
    }

    [ChromiumFact]
    public async Task Dark_readers_get_a_dark_page()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync(), new() { ColorScheme = ColorScheme.Dark });

        Assert.Equal("rgb(20, 23, 27)", await open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
    }

    [ChromiumFact]
    public async Task Prints_without_what_only_a_screen_can_do()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());

        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.False(await open.Page.Locator("nav").IsVisibleAsync());
        Assert.False(await open.Page.Locator(".tools").First.IsVisibleAsync());
        Assert.True(await open.Page.Locator("#cost .wide svg").IsVisibleAsync());
    }

    [ChromiumFact]
    public async Task Prints_every_row_of_a_table_that_is_folded_on_the_screen()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());
        Assert.Equal(15, await open.RowsAsync("sessions-table"));

        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Equal(25, await open.RowsAsync("sessions-table"));
    }

    [ChromiumFact]
    public async Task Prints_what_the_reader_looked_for_and_says_how_much_that_is()
    {
        await using var open = await browser.OpenAsync(await Pages.OfAsync());
        await open.Page.GetByLabel("Filter: Sessions").FillAsync("session-13");

        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Equal(1, await open.RowsAsync("sessions-table"));
        Assert.True(await open.Page.GetByText("1 of 25 rows with “session-13”", new() { Exact = true }).IsVisibleAsync());
        Assert.False(await open.Page.GetByLabel("Filter: Sessions").IsVisibleAsync());
    }

    private static async Task<List<double>> NumbersAsync(OpenPage open, int column)
    {
        var cells = await open.Page.Locator($"#sessions-table tbody tr:visible > :nth-child({column + 1})").AllAsync();
        var numbers = new List<double>();
        foreach (var cell in cells)
        {
            numbers.Add(double.Parse(await cell.GetAttributeAsync("data-v") ?? "", System.Globalization.CultureInfo.InvariantCulture));
        }

        return numbers;
    }
}
