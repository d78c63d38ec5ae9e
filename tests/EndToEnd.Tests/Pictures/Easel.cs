using EndToEnd.Tests.Html;
using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests.Pictures;

/// <summary>One page of one browser, on which picture after picture is put.</summary>
public sealed class Easel : IAsyncLifetime
{
    private readonly Browser _browser = new();
    private OpenPage? _open;

    /// <summary>Shows a picture as a browser shows a file of its own.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="theme">What the reader prefers.</param>
    public async Task<ILocator> ShowAsync(string svg, ColorScheme theme)
    {
        _open ??= await _browser.OpenAsync("<!doctype html><title>Easel</title>", new() { ViewportSize = new() { Width = 1000, Height = 800 } });
        await _open.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await _open.Page.SetContentAsync($"<!doctype html><title>Chart</title><style>:root{{color-scheme:light dark}}body{{margin:0}}</style>{svg}");
        return _open.Page.Locator("svg").First;
    }

    /// <summary>How many colours a picture has, and how light its first point is, 0 to 255.</summary>
    public async Task<(int Colours, int Corner)> LookAsync(byte[] png)
    {
        var found = await (_open ?? throw new InvalidOperationException("Nothing was shown.")).Page.EvaluateAsync<int[]>("""
            async data => {
              const image = new Image();
              image.src = 'data:image/png;base64,' + data;
              await image.decode();
              const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
              canvas.drawImage(image, 0, 0);
              const points = canvas.getImageData(0, 0, image.width, image.height).data;
              return [new Set(new Uint32Array(points.buffer)).size, Math.max(points[0], points[1], points[2])];
            }
            """, Convert.ToBase64String(png));
        return (found[0], found[1]);
    }

    /// <summary>Fails if the browser complained, or a picture asked for anything.</summary>
    public void IsQuiet() => _open?.IsQuiet();

    public ValueTask InitializeAsync() => _browser.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await (_open?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _browser.DisposeAsync();
    }
}
