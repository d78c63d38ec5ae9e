using OtlpExport;

var options = Options.Parse(args);
if (options.Fault is not null)
{
    Console.Error.WriteLine($"OtlpExport: {options.Fault}");
    return 2;
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
