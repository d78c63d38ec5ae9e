using CostLedger.Querying;
using MessagesSimulator;

namespace Snippets;

/// <summary>Runs all that the documents show against a simulated API, and asks the ledger whether it saw the calls.</summary>
internal static class Program
{
    private const string NoKey = "none-is-needed-here";
    private const int Calls = 7;

    private static async Task<int> Main()
    {
        var folder = Directory.CreateTempSubdirectory("costledger-snippets-").FullName;
        var ledger = Path.Combine(folder, "ledger.db");
        Environment.SetEnvironmentVariable("COSTLEDGER_PATH", ledger); // the snippets name none, so they write to the default one
        try
        {
            await using (var server = await MessagesServer.StartAsync(new MessagesServerOptions()))
            {
                await RunAll(server.BaseUrl);
            }

            using var reader = LedgerReader.Open(ledger);
            var seen = reader.Usage(new CallFilter(), [], TimeZoneInfo.Utc).Totals.Calls;
            Console.WriteLine($"{seen} calls in the ledger");
            return seen == Calls ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAll(Uri api)
    {
        Console.WriteLine(PriceACall.Run());
        Console.WriteLine($"{OwnNames.Run()} names of one's own");
        Console.WriteLine($"{(await PlainHttpClient.Run(api, NoKey)).Length} characters of events");
        Console.WriteLine($"{(await ContentCapture.Run(api, NoKey)).Length} characters of JSON, captured");
        Console.WriteLine($"{(await Progress.Run(api, NoKey)).Length} characters of events, watched");
        Console.WriteLine(Estimates.Count());
        Console.WriteLine(Estimates.Estimate());
        Console.WriteLine($"counted by {Estimates.WithTokenizer().Tokenizer?.Name}");
        Console.WriteLine($"sent: {await Estimates.Run(api, NoKey)}");
        Console.WriteLine($"{(await FactoryClient.Run(api, NoKey)).Length} characters of JSON");
        await Labels.Run(async () => Console.WriteLine(await OfficialSdk.Run(api, NoKey)));
        await OpenTelemetryExport.Run(async () => Console.WriteLine(await OfficialSdk.Run(api, NoKey)));
    }
}
