using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Html;

/// <summary>One Chromium for the tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (ChromiumFactAttribute.Path is not { } path)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
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

    private Task<IBrowserContext> ContextAsync(BrowserNewContextOptions? options) =>
        (_browser ?? throw new InvalidOperationException("There is no browser.")).NewContextAsync(options);
}
