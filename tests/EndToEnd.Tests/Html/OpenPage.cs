using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Html;

/// <summary>A page in the browser, with everything that it said and asked for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("html-page-");
    private readonly IBrowserContext _context;
    private readonly List<string> _messages = [];
    private readonly List<string> _requests = [];

    private OpenPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    public static async Task<OpenPage> OfAsync(IBrowserContext context, string html)
    {
        var open = new OpenPage(context, await context.NewPageAsync());
        var file = Path.Combine(open._folder.FullName, "page.html");
        await File.WriteAllTextAsync(file, html);
        open.Page.Console += (_, message) => open._messages.Add(message.Text);
        open.Page.PageError += (_, error) => open._messages.Add(error);
        open.Page.Request += (_, request) => open._requests.Add(request.Url);
        await open.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return open;
    }

    /// <summary>How many rows of a table a reader sees.</summary>
    public Task<int> RowsAsync(string table) => Page.Locator($"#{table} tbody tr:visible").CountAsync();

    /// <summary>Fails if the page asked for anything but itself, or the browser complained of it.</summary>
    public void IsQuiet()
    {
        Assert.Empty(_messages);
        Assert.All(_requests, url => Assert.True(url.StartsWith("file:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), url));
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
