using System.Diagnostics;
using System.Globalization;
using System.Text;
using CostLedger;
using Telemetry.Handler;

namespace Telemetry.Benchmarks.Handler;

/// <summary>
/// A streamed loopback call with the handler and without, alternating in one run, so that noise hits both alike.
/// The handler writes to a real ledger and waits for the commit, as it does by default.
/// </summary>
internal static class HandlerOverhead
{
    private const int WarmupRounds = 5;
    private const int WarmupCalls = 600;
    private const int Calls = 3000;
    private const int Deltas = 20;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench-");
        await using var server = await StreamServer.StartAsync(Deltas);
        await using (var ledger = SqliteLedger.Open(Path.Combine(folder.FullName, "ledger.db")))
        {
            using var bare = new HttpClient(MessagesHttpHandler.Create());
            using var observed = new HttpClient(new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = ledger }));
            using var plain = new HttpClient(new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = ledger, ReadPrompts = false }));
            var bareTimes = new List<(double First, double Total)>();
            var observedTimes = new List<(double First, double Total)>();
            var plainTimes = new List<(double First, double Total)>();
            await WarmUpAsync([bare, observed, plain], server.Messages);
            for (var i = 0; i < Calls; i++)
            {
                bareTimes.Add(await CallAsync(bare, server.Messages));
                observedTimes.Add(await CallAsync(observed, server.Messages));
                plainTimes.Add(await CallAsync(plain, server.Messages));
            }

            Print("first chunk", bareTimes.ConvertAll(t => t.First), observedTimes.ConvertAll(t => t.First));
            Print("whole call", bareTimes.ConvertAll(t => t.Total), observedTimes.ConvertAll(t => t.Total));
            Console.WriteLine("without reading prompts:");
            Print("first chunk", bareTimes.ConvertAll(t => t.First), plainTimes.ConvertAll(t => t.First));
            Print("whole call", bareTimes.ConvertAll(t => t.Total), plainTimes.ConvertAll(t => t.Total));
        }

        folder.Delete(recursive: true);
    }

    // The runtime compiles the final code in the background once nothing new was compiled for a moment: hence the pauses.
    private static async Task WarmUpAsync(IReadOnlyList<HttpClient> clients, Uri uri)
    {
        for (var round = 0; round < WarmupRounds; round++)
        {
            for (var i = 0; i < WarmupCalls; i++)
            {
                foreach (var client in clients)
                {
                    await CallAsync(client, uri);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
    }

    private static async Task<(double First, double Total)> CallAsync(HttpClient http, Uri uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Content = new StringContent("{\"model\":\"claude-opus-5\",\"max_tokens\":100,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", Encoding.UTF8, "application/json"),
        };
        var start = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[8192];
        if (await stream.ReadAsync(buffer) == 0)
        {
            throw new InvalidOperationException("The server sent nothing.");
        }

        var first = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        while (await stream.ReadAsync(buffer) > 0)
        {
        }

        return (first, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }

    private static void Print(string what, List<double> bare, List<double> observed)
    {
        bare.Sort();
        observed.Sort();
        double Median(List<double> sorted) => sorted[sorted.Count / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-12} bare median {Median(bare),8:F1} us   with handler {Median(observed),8:F1} us   added {Median(observed) - Median(bare),7:F1} us   ratio {Median(observed) / Median(bare):F2}"));
    }
}
