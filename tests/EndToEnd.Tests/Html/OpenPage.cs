using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Html;

/// <summary>A page in the browser, with everything that it said and asked for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _home;
    private readonly DirectoryInfo? _folder;
    private readonly ConcurrentQueue<string> _messages = [];
    private readonly ConcurrentQueue<string> _requests = [];

    private OpenPage(IBrowserContext context, IPage page, string home, DirectoryInfo? folder) =>
        (_context, Page, _home, _folder) = (context, page, home, folder);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Opens a page as a reader would: from a file.</summary>
    public static async Task<OpenPage> OfAsync(IBrowserContext context, string html)
    {
        var folder = Directory.CreateTempSubdirectory("html-page-");
        var file = Path.Combine(folder.FullName, "page.html");
        await File.WriteAllTextAsync(file, html);
        return await OfAsync(context, new Uri(file), folder);
    }

    /// <summary>Opens a page that a server shows.</summary>
    public static Task<OpenPage> OfAsync(IBrowserContext context, Uri address) => OfAsync(context, address, folder: null);

    /// <summary>How many rows of a table a reader sees.</summary>
    public Task<int> RowsAsync(string table) => Page.Locator($"#{table} tbody tr:visible").CountAsync();

    /// <summary>Fails if the page asked for anything but itself and what is below it, or the browser complained of it.</summary>
    public void IsQuiet()
    {
        Assert.Empty(_messages);
        StaysAtHome();
    }

    /// <summary>Fails if the page asked for anything but itself and what is below it.</summary>
    public void StaysAtHome() =>
        Assert.All(_requests, url => Assert.True(url.StartsWith(_home, StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), url));

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _folder?.Delete(recursive: true);
    }

    private static async Task<OpenPage> OfAsync(IBrowserContext context, Uri address, DirectoryInfo? folder)
    {
        var open = new OpenPage(context, await context.NewPageAsync(), address.AbsoluteUri, folder);
        open.Page.Console += (_, message) => open._messages.Enqueue(message.Text);
        open.Page.PageError += (_, error) => open._messages.Enqueue(error);
        open.Page.Request += (_, request) => open._requests.Enqueue(request.Url);
        await open.Page.GotoAsync(address.AbsoluteUri);
        return open;
    }
}
