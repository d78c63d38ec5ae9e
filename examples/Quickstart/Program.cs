using MessagesSimulator;
using MessagesSimulator.Billing;
using Quickstart;

var options = Options.Parse(args);
if (options.Fault is not null)
{
    Console.Error.WriteLine($"Quickstart: {options.Fault}");
    return 2;
}

var ledger = options.Ledger ?? Path.Combine(Directory.CreateTempSubdirectory("costledger-quickstart-").FullName, "ledger.db");
try
{
    var bill = await MakeCallsAsync();
    return Reports.Print(ledger, bill);
}
finally
{
    if (options.Keep)
    {
        Console.WriteLine($"\nThe ledger is kept. Ask it more:\n  dotnet run --project src/CostReport.Cli -- models --ledger {ledger}");
    }
    else
    {
        Directory.Delete(Path.GetDirectoryName(ledger)!, recursive: true); // The temporary folder: a ledger that was named is kept.
        Console.WriteLine($"\nThe ledger was {ledger}; it is deleted now. With --keep it stays.");
    }
}

async Task<Bill> MakeCallsAsync()
{
    await using var observation = new Observation(ledger);
    if (options.IsLive)
    {
        Console.WriteLine("One real call to the Messages API:\n");
        await LiveCall.MakeAsync(observation);
        return new Bill();
    }

    await using var server = await MessagesServer.StartAsync(new MessagesServerOptions { Pace = SdkCalls.Pace });
    Console.WriteLine($"A simulated Messages API at {server.BaseUrl}; nothing leaves this machine, nothing is charged.\n");
    using (var sdk = new SdkCalls(server, observation))
    {
        await sdk.MakeAsync();
    }

    using (var plain = new PlainCalls(server, observation))
    {
        await plain.MakeAsync();
    }

    await server.WhenIdleAsync();
    return server.Bill;
}
