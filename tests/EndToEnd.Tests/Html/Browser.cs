using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Html;

/// <summary>One Chromium for the tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    // Far more than a page needs: on a busy machine a browser may be long in coming, and what is waited for is told when it came.
    private const float PatienceMs = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (ChromiumFactAttribute.Path is not { } path)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(PatienceMs);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"], Timeout = PatienceMs });
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }

    /// <summary>Opens a page as a reader would: from a file.</summary>
    public async Task<OpenPage> OpenAsync(string html, BrowserNewContextOptions? options = null) =>
        await OpenPage.OfAsync(await ContextAsync(options), html);

    /// <summary>Opens a page that a server shows.</summary>
    public async Task<OpenPage> OpenAsync(Uri address, BrowserNewContextOptions? options = null) =>
        await OpenPage.OfAsync(await ContextAsync(options), address);

    private async Task<IBrowserContext> ContextAsync(BrowserNewContextOptions? options)
    {
        var context = await (_browser ?? throw new InvalidOperationException("There is no browser.")).NewContextAsync(options);
        context.SetDefaultTimeout(PatienceMs);
        return context;
    }
}
