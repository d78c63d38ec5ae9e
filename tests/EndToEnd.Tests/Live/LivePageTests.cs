using System.Globalization;
using EndToEnd.Tests.Html;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Live;

/// <summary>The live page in a real browser, while its ledger grows.</summary>
public sealed class LivePageTests(Browser browser) : IClassFixture<Browser>
{
    private const string FirstVersion = "() => { window.first = document.getElementById('report'); }";
    private const string IsReplaced = "() => window.first !== document.getElementById('report')";

    [ChromiumFact]
    public async Task Renews_itself_and_asks_only_its_own_server()
    {
        await using var served = await ServedLedger.StartAsync();
        await using var open = await browser.OpenAsync(served.Address);
        await Expect(open.Page.Locator("#live-state")).ToHaveTextAsync("Live");
        var before = await CallsAsync(open);

        await ReplaceAsync(served, open);

        Assert.Equal(before + 1, await CallsAsync(open));
        Assert.Equal(await open.Page.Locator("h1").TextContentAsync(), await open.Page.TitleAsync());
        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task What_the_reader_has_set_stays()
    {
        await using var served = await ServedLedger.StartAsync();
        await using var open = await browser.OpenAsync(served.Address, new() { ReducedMotion = ReducedMotion.Reduce });
        var page = open.Page;
        var field = page.GetByLabel("Filter: Sessions");
        var heading = page.Locator("#sessions-table thead th").Filter(new() { HasText = "calls" });
        var entry = page.Locator("#cost .wide [data-legend='0']");
        var call = page.Locator("details").Nth(3);
        var id = await call.Locator("summary code").TextContentAsync();
        await heading.GetByRole(AriaRole.Button).ClickAsync();
        await entry.ClickAsync();
        await call.Locator("summary").ClickAsync();
        await field.FillAsync("session-1");
        await field.EvaluateAsync("field => field.setSelectionRange(3, 3)");
        var scroll = await page.EvaluateAsync<double>("() => scrollY");

        await ReplaceAsync(served, open);

        Assert.Equal("session-1", await field.InputValueAsync());
        Assert.All(await page.Locator("#sessions-table tbody tr:visible").AllTextContentsAsync(), text => Assert.Contains("session-1", text, StringComparison.Ordinal));
        Assert.Equal("descending", await heading.GetAttributeAsync("aria-sort"));
        Assert.Equal("false", await entry.GetAttributeAsync("aria-pressed"));
        Assert.False(await page.Locator("#cost .wide [data-series='0']").First.IsVisibleAsync());
        Assert.Equal(id, await page.Locator("details[open] summary code").TextContentAsync());
        Assert.Equal("sessions-table-filter", await page.Locator(":focus").GetAttributeAsync("id"));
        Assert.Equal(3, await field.EvaluateAsync<int>("field => field.selectionStart"));
        Assert.Equal(scroll, await page.EvaluateAsync<double>("() => scrollY"), 1.0);
        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task A_call_that_is_read_stays_open_when_newer_ones_push_it_out()
    {
        await using var served = await ServedLedger.StartAsync();
        await using var open = await browser.OpenAsync(served.Address);
        var last = open.Page.Locator("details").Last;
        var id = await last.Locator("summary code").TextContentAsync() ?? "";
        await last.Locator("summary").ClickAsync();
        for (var i = 0; i < 30; i++)
        {
            await served.AddAsync();
        }

        await ReplaceAsync(served, open);

        var kept = open.Page.Locator("details[open]").Filter(new() { HasText = id });
        Assert.True(await kept.Locator("svg").IsVisibleAsync());
        Assert.Equal(id, await open.Page.Locator("details:focus-within summary code").TextContentAsync());
        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task Two_tabs_are_renewed_both()
    {
        await using var served = await ServedLedger.StartAsync();
        await using var one = await browser.OpenAsync(served.Address);
        await using var other = await browser.OpenAsync(served.Address);
        await one.Page.EvaluateAsync(FirstVersion);

        await ReplaceAsync(served, other);
        await one.Page.WaitForFunctionAsync(IsReplaced);

        Assert.Equal(await CallsAsync(other), await CallsAsync(one));
        one.IsQuiet();
        other.IsQuiet();
    }

    [ChromiumFact]
    public async Task Ten_tabs_do_not_wait_for_each_other()
    {
        await using var served = await ServedLedger.StartAsync(20);
        await using var open = await browser.OpenAsync(served.Address);
        await Expect(open.Page.Locator("#live-state")).ToHaveTextAsync("Live");

        // Browsers keep six connections to a server for all of their tabs: those that nobody looks at must not hold one.
        for (var tab = 0; tab < 9; tab++)
        {
            var page = await open.Page.Context.NewPageAsync();
            await page.GotoAsync(served.Address.AbsoluteUri);
            await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
            await page.EvaluateAsync("() => { Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange')); }");
        }

        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task A_server_that_is_gone_is_said_and_found_again()
    {
        await using var served = await ServedLedger.StartAsync();
        await using var open = await browser.OpenAsync(served.Address);
        var state = open.Page.Locator("#live-state");
        await Expect(state).ToHaveTextAsync("Live");
        var before = await CallsAsync(open);

        await served.StopAsync();

        await Expect(state).ToHaveTextAsync("Not connected: what you see is no longer renewed");
        Assert.Equal(before, await CallsAsync(open));

        await served.AddAsync();
        await served.StartAgainAsync();

        await Expect(state).ToHaveTextAsync("Live");
        await Expect(open.Page.Locator("#live-state.bad")).ToHaveCountAsync(0);
        await Expect(Calls(open)).ToHaveTextAsync($"{before + 1}");
        open.StaysAtHome();
    }

    [ChromiumTheory]
    [InlineData(200, "", "Not renewed: the answer is no report")]
    [InlineData(503, "The ledger is <b>locked</b>.", "Not renewed: The ledger is <b>locked</b>.")]
    public async Task What_is_shown_stays_when_an_answer_is_no_report(int status, string body, string said)
    {
        await using var served = await ServedLedger.StartAsync(20);
        await using var open = await browser.OpenAsync(served.Address);
        await Expect(open.Page.Locator("#live-state")).ToHaveTextAsync("Live");
        var before = await CallsAsync(open);
        await open.Page.RouteAsync("**/body", route => route.FulfillAsync(new() { Status = status, Body = body }));

        await served.AddAsync();

        await Expect(open.Page.Locator("#live-state.bad")).ToHaveTextAsync(said);
        Assert.Equal(before, await CallsAsync(open));
        await open.Page.UnrouteAsync("**/body");
        await Expect(Calls(open)).ToHaveTextAsync($"{before + 1}");
        await Expect(open.Page.Locator("#live-state")).ToHaveTextAsync("Live");
    }

    [ChromiumFact]
    public async Task Hostile_names_are_shown_and_not_run_when_they_come_later()
    {
        await using var served = await ServedLedger.StartAsync(5);
        await using var open = await browser.OpenAsync(served.Address);
        Assert.Equal(0, await open.Page.GetByText(Pages.Hostile, new() { Exact = true }).CountAsync());
        for (var i = 0; i < 10; i++)
        {
            await served.AddAsync();
        }

        await ReplaceAsync(served, open);

        Assert.True(await open.Page.GetByText(Pages.Hostile, new() { Exact = true }).CountAsync() > 0);
        Assert.Equal(0, await open.Page.Locator("img").CountAsync());
        Assert.NotEqual("owned", await open.Page.TitleAsync());
        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task Without_scripts_it_is_the_report_as_it_was_loaded()
    {
        await using var served = await ServedLedger.StartAsync();
        await using var open = await browser.OpenAsync(served.Address, new() { JavaScriptEnabled = false });

        Assert.True(await open.Page.Locator("#cost .wide svg").IsVisibleAsync());
        Assert.True(await open.Page.GetByText("Load again to renew").IsVisibleAsync());
        open.IsQuiet();
    }

    [ChromiumFact]
    public async Task Another_page_reads_nothing_of_it()
    {
        await using var served = await ServedLedger.StartAsync(5);
        await using var open = await browser.OpenAsync("<!doctype html><title>Elsewhere</title><p>Elsewhere</p>");

        var read = await open.Page.EvaluateAsync<string>("address => fetch(address + 'body').then(a => a.text()).catch(e => 'refused')", served.Address.AbsoluteUri);
        var framed = await open.Page.EvaluateAsync<int>(
            "address => new Promise(done => { const frame = document.createElement('iframe'); frame.onload = () => { try { done(frame.contentDocument.body.children.length); } catch { done(0); } }; frame.src = address; document.body.append(frame); })",
            served.Address.AbsoluteUri);

        Assert.Equal("refused", read);
        Assert.Equal(0, framed);
        Assert.Equal(0, await open.Page.FrameLocator("iframe").Locator("#report").CountAsync());
    }

    [ChromiumFact]
    public async Task Who_does_not_know_the_token_or_asks_for_more_is_refused()
    {
        await using var served = await ServedLedger.StartAsync(5);
        await using var open = await browser.OpenAsync(served.Address);
        var request = open.Page.APIRequest;

        Assert.Equal(404, (await request.GetAsync(served.Beside("00000000000000000000000000000000/").AbsoluteUri)).Status);
        Assert.Equal(404, (await request.GetAsync(served.Beside("").AbsoluteUri)).Status);
        Assert.InRange((await request.GetAsync(new UriBuilder(served.Address) { Host = "localhost" }.Uri.AbsoluteUri)).Status, 400, 499);
        Assert.InRange((await request.GetAsync(served.Address.AbsoluteUri, new() { Headers = [new("Host", "evil.example")] })).Status, 400, 499);
        Assert.Equal(405, (await request.PostAsync(served.Address.AbsoluteUri)).Status);
        Assert.Equal(404, (await request.GetAsync(served.Address.AbsoluteUri + "%2e%2e/%2e%2e/etc/passwd")).Status);
        Assert.Equal(404, (await request.GetAsync(served.Address.AbsoluteUri + "ledger.db")).Status);
    }

    private static ILocator Calls(OpenPage open) => open.Page.Locator(".facts div").Filter(new() { Has = open.Page.GetByText("Calls", new() { Exact = true }) }).Locator(".v");

    private static async Task<int> CallsAsync(OpenPage open) => int.Parse(await Calls(open).TextContentAsync() ?? "", CultureInfo.InvariantCulture);

    // One call more, and the page that shows it.
    private static async Task ReplaceAsync(ServedLedger served, OpenPage open)
    {
        await open.Page.EvaluateAsync(FirstVersion);
        await served.AddAsync();
        await open.Page.WaitForFunctionAsync(IsReplaced);
    }
}
