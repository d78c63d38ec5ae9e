using Microsoft.Playwright;

namespace EndToEnd.Tests.Pictures;

/// <summary>Looks for what lies where it should not, by the boxes that the browser gives to glyphs and shapes.</summary>
internal static class Layout
{
    // A box of text is higher than the letters in it. Fonts differ a little from the widths that charts are laid out with.
    private const string Script = """
        svg => {
          const places = (marks, of) => Array.from(svg.querySelectorAll(marks)).map(of);
          const texts = places('text', t => {
            const b = t.getBBox();
            return { text: t.textContent, left: b.x, right: b.x + b.width, top: b.y + b.height * 0.2, bottom: b.y + b.height * 0.78 };
          }).filter(t => t.right > t.left);
          const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
          const faults = [];
          texts.forEach((a, i) => {
            if (a.left < -1 || a.right > width + 1 || a.top < 0 || a.bottom > height) faults.push(`'${a.text}' leaves the picture: ${a.left} to ${a.right} of ${width}`);
            for (const b of texts.slice(i + 1)) {
              if (a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom && b.top < a.bottom) faults.push(`'${a.text}' lies on '${b.text}'`);
            }
          });
          for (const mark of svg.querySelectorAll('rect, line, path, circle')) {
            const b = mark.getBBox();
            if (b.x < -1 || b.y < -1 || b.x + b.width > width + 1 || b.y + b.height > height + 1) faults.push(`${mark.outerHTML} leaves the picture`);
          }
          return faults.slice(0, 5);
        }
        """;

    /// <summary>The first few faults of a picture.</summary>
    public static Task<string[]> FaultsAsync(ILocator svg) => svg.EvaluateAsync<string[]>(Script);
}
