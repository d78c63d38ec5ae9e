using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Serving;

/// <summary>Takes requests from a listener and gives the site's answers.</summary>
/// <param name="site">The site.</param>
/// <param name="events">Tells pages of new reports.</param>
/// <param name="surroundings">The world.</param>
internal sealed class Server(Site site, EventStream events, Surroundings surroundings)
{
    /// <summary>Requests answered at once, open pages among them; one more is refused.</summary>
    public const int MostRequests = 64;

    /// <summary>How long the end waits for those who are being answered: a report can take long to make, and a reader to read.</summary>
    private static readonly TimeSpan s_longestEnd = TimeSpan.FromSeconds(2);

    private static readonly (string Name, string Value)[] s_headers =
    [
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ];

    private readonly Lock _lock = new();
    private string _said = "";

    /// <summary>Serves until it is stopped, and until those who are being answered have their answer, or have waited long for it.</summary>
    public async Task RunAsync(HttpListener listener, CancellationToken stop)
    {
        var running = new List<Task>();
        var next = listener.GetContextAsync();
        while (await Comes(next, stop).ConfigureAwait(false))
        {
            var context = await next.ConfigureAwait(false);
            running.RemoveAll(task => task.IsCompleted);
            var isFull = running.Count >= MostRequests;
            running.Add(Task.Run(() => Handle(context, isFull, stop), CancellationToken.None));
            next = listener.GetContextAsync();
        }

        await Task.WhenAll(running).WaitAsync(s_longestEnd, surroundings.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (next.IsCompletedSuccessfully)
        {
            using var late = (await next.ConfigureAwait(false)).Response;
            late.StatusCode = 503;
        }

        listener.Stop();
    }

    private static async Task<bool> Comes(Task<HttpListenerContext> next, CancellationToken stop)
    {
        try
        {
            await next.WaitAsync(stop).ConfigureAwait(false);
            return !stop.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request: what is wrong with one must not end the others, and is said.")]
    private async Task Handle(HttpListenerContext context, bool isFull, CancellationToken stop)
    {
        using var response = context.Response;
        try
        {
            // An answer that is never begun is sent by the listener when it ends, empty: it must not look like a good one.
            response.StatusCode = 503;
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
        catch (Exception error)
        {
            Say(error);
            response.StatusCode = 500; // where the answer has begun, it only breaks off
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

        // Who has asked before the end gets the whole answer.
        var bytes = Encoding.UTF8.GetBytes(reply.Body);
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
    }

    // A page that tries again and again makes one line.
    private void Say(Exception error)
    {
        lock (_lock)
        {
            var text = SafeText.Clean($"a fault of costreport ({error.GetType().FullName}: {error.Message}); the page tries again".ReplaceLineEndings(" "));
            if (!string.Equals(text, _said, StringComparison.Ordinal))
            {
                _said = text;
                surroundings.Errors.Write($"costreport: {text}\n");
                surroundings.Errors.Flush();
            }
        }
    }
}
