using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Telemetry.Handler.Tests.Bodies;

/// <summary>A loopback server that keeps the bytes of each request as they come off the socket and answers 200.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RawServer() => _listener.Start();

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1/messages");

    /// <summary>Serves one request of a connection of its own.</summary>
    /// <param name="send">Sends it.</param>
    /// <returns>Its bytes as Latin-1 text, the port of this server made equal.</returns>
    public async Task<string> CaptureAsync(Func<Uri, Task> send)
    {
        var sending = send(Url);
        using var socket = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var text = new StringBuilder();
        var buffer = new byte[65_536];
        while (!IsWhole(text.ToString()))
        {
            var read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray(), TestContext.Current.CancellationToken);
        await sending;
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var head = text[..end];
        if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            return text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
        }

        const string Length = "Content-Length: ";
        var at = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        return at < 0 || text.Length - end - 4 >= int.Parse(head[(at + Length.Length)..].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
