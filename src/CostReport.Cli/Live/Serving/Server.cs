using System.Net;
using System.Text;

namespace CostReport.Cli.Live.Serving;

/// <summary>Takes requests from a listener and gives the site's answers.</summary>
/// <param name="site">The site.</param>
/// <param name="events">Tells pages of new reports.</param>
internal sealed class Server(Site site, EventStream events)
{
    /// <summary>Requests answered at once, open pages among them; one more is refused.</summary>
    public const int MostRequests = 64;

    private static readonly (string Name, string Value)[] s_headers =
    [
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ];

    /// <summary>Serves until it is stopped, and until those who are being answered have their answer.</summary>
    public async Task RunAsync(HttpListener listener, CancellationToken stop)
    {
        var running = new List<Task>();
        using var stopping = stop.Register(listener.Stop);
        while (await Next(listener, stop).ConfigureAwait(false) is { } context)
        {
            running.RemoveAll(task => task.IsCompletedSuccessfully);
            var isFull = running.Count >= MostRequests;
            running.Add(Task.Run(() => Handle(context, isFull, stop), CancellationToken.None));
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private static async Task<HttpListenerContext?> Next(HttpListener listener, CancellationToken stop)
    {
        try
        {
            return stop.IsCancellationRequested ? null : await listener.GetContextAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (stop.IsCancellationRequested && error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task Handle(HttpListenerContext context, bool isFull, CancellationToken stop)
    {
        using var response = context.Response;
        try
        {
            var request = context.Request;
            var reply = isFull
                ? Reply.Text(503, "too many pages are open; close some")
                : site.Answer(new Request(request.HttpMethod, request.RawUrl, request.UserHostName, request.Headers["Authorization"]));
            await Write(response, reply, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The reader has left, or we are ending: nobody waits for the rest.
            response.Abort();
        }
    }

    private async Task Write(HttpListenerResponse response, Reply reply, CancellationToken stop)
    {
        response.StatusCode = reply.Status;
        response.ContentType = reply.MediaType;
        foreach (var (name, value) in reply.Header is { } header ? s_headers.Append(header) : s_headers)
        {
            response.AddHeader(name, value);
        }

        if (reply.IsEvents)
        {
            response.SendChunked = true;
            await events.WriteAsync(response.OutputStream, stop).ConfigureAwait(false);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(reply.Body);
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes, stop).ConfigureAwait(false);
    }
}
