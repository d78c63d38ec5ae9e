using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;

namespace CostReport.Cli.Live.Serving;

/// <summary>Listens at the loopback address, and at no other.</summary>
internal static class LoopbackListener
{
    private const int Attempts = 10;
    private const int MostPorts = 65535;

    /// <summary>Begins to listen.</summary>
    /// <param name="port">The port as it was given; null for one that is free.</param>
    /// <param name="address">The address, which ends with a slash.</param>
    /// <exception cref="UserError">The port is none, or another program has it.</exception>
    public static HttpListener Start(string? port, out string address)
    {
        for (var attempt = 1; ; attempt++)
        {
            var number = port is null ? FreePort() : Parse(port);
            address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{number}/");
            var listener = new HttpListener();
            try
            {
                listener.Prefixes.Add(address);
                listener.Start();
                return listener;
            }
            catch (HttpListenerException error)
            {
                listener.Close();
                if (port is not null || attempt == Attempts)
                {
                    throw UserError.Usage($"{LiveSpecs.Port.Name} {number.ToString(CultureInfo.InvariantCulture)} cannot be used ({error.Message}); give another, or none for one that is free");
                }
            }
        }
    }

    private static int Parse(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= MostPorts
        ? port
        : throw UserError.Usage($"{LiveSpecs.Port.Name} '{SafeText.Short(text)}' is no port; give a number from 1 to {MostPorts.ToString(CultureInfo.InvariantCulture)}");

    // The listener cannot ask for a free port itself. Another program may take this one meanwhile: hence the attempts.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
