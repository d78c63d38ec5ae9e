namespace Snippets;

/// <summary>Runs all that the documents show against a server that speaks the Messages API.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments.Length != 1 || !Uri.TryCreate(arguments[0], UriKind.Absolute, out var api))
        {
            await Console.Error.WriteLineAsync("Name the address of a server that speaks the Messages API, as http://127.0.0.1:8080/.");
            return 2;
        }

        const string NoKey = "none-is-needed-here";
        Console.WriteLine(PriceACall.Run());
        Console.WriteLine(await PlainHttpClient.Run(api, NoKey));
        Console.WriteLine(await FactoryClient.Run(api));
        await Labels.Run(async () => Console.WriteLine(await OfficialSdk.Run(api, NoKey)));
        await OpenTelemetryExport.Run(async () => Console.WriteLine(await OfficialSdk.Run(api, NoKey)));
        return 0;
    }
}
