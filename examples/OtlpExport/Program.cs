using OtlpExport;

var options = Options.Parse(args);
if (options.Fault is not null)
{
    Console.Error.WriteLine($"OtlpExport: {options.Fault}");
    return 2;
}

// Simulated calls must not stand in the ledger of the real ones.
var folder = Directory.CreateTempSubdirectory("costledger-otlp-");
try
{
    if (!options.IsLive)
    {
        Environment.SetEnvironmentVariable("COSTLEDGER_PATH", Path.Combine(folder.FullName, "ledger.db"));
    }

    using var failures = new ExportFailures();
    var calls = new SampleCalls(options);
    using (Exporter.Start())
    {
        await calls.RunAsync();
    }

    // Everything has left by now: disposing the exporter sends what is still waiting.
    if (failures.First is { } failure)
    {
        Console.Error.WriteLine($"OtlpExport: nothing arrived at {Exporter.Destination}; is a receiver running there? ({failure})");
        return 1;
    }

    Console.WriteLine($"{calls.Made} calls made; traces and metrics sent to {Exporter.Destination} as '{Exporter.ServiceName}'");
    return 0;
}
finally
{
    folder.Delete(recursive: true);
}
