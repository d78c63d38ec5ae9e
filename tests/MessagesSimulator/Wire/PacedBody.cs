using System.Text;
using MessagesSimulator.Scripting;
using Microsoft.AspNetCore.Http;

namespace MessagesSimulator.Wire;

/// <summary>Writes a response body at a pace, and keeps what was written.</summary>
internal sealed class PacedBody(HttpContext context, StreamPace pace, TimeProvider time, MemoryStream? kept)
{
    private bool _begun;

    public async Task BeginAsync()
    {
        await WaitAsync(pace.BeforeHeaders);
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    public async Task WriteAsync(string text)
    {
        await WaitAsync(_begun ? pace.BetweenEvents : pace.BeforeFirstEvent);
        _begun = true;
        var bytes = Encoding.UTF8.GetBytes(text);
        var step = pace.BytesPerWrite > 0 ? pace.BytesPerWrite : bytes.Length;
        for (var from = 0; from < bytes.Length; from += step)
        {
            var part = bytes.AsMemory(from, Math.Min(step, bytes.Length - from));
            kept?.Write(part.Span);
            await context.Response.Body.WriteAsync(part, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>Sends nothing more until the client goes away.</summary>
    /// <returns>Never completes normally.</returns>
    public Task HangAsync() => Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);

    private Task WaitAsync(TimeSpan wait) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, time, context.RequestAborted) : Task.CompletedTask;
}
