using System.Globalization;
using System.Text;

namespace CostReport.Cli.Live.Serving;

/// <summary>Tells a page when there is a new report (https://html.spec.whatwg.org/multipage/server-sent-events.html).</summary>
/// <param name="site">The site.</param>
/// <param name="every">How often to look.</param>
/// <param name="time">The clock.</param>
internal sealed class EventStream(Site site, TimeSpan every, TimeProvider time)
{
    // A sign of life shows that the page is gone, and to the page that the server is there.
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(15);

    /// <summary>Writes until it is stopped, or nobody reads any more.</summary>
    /// <exception cref="IOException">Nobody reads any more.</exception>
    public async Task WriteAsync(Stream output, CancellationToken stop)
    {
        var (told, last) = (0L, time.GetTimestamp());
        while (!stop.IsCancellationRequested)
        {
            var version = site.Version;
            var isSilent = time.GetElapsedTime(last) >= s_longestSilence;
            if (version != told || isSilent)
            {
                var text = version != told ? string.Create(CultureInfo.InvariantCulture, $"event: report\ndata: {version}\n\n") : ": nothing new\n\n";
                await output.WriteAsync(Encoding.ASCII.GetBytes(text), CancellationToken.None).ConfigureAwait(false);
                await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                (told, last) = (version, time.GetTimestamp());
            }

            await Task.Delay(every, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
