using System.Runtime.CompilerServices;

namespace MessagesSimulator.Providers;

/// <summary>Cuts the API's streams into events.</summary>
internal static class SseEvents
{
    public static async IAsyncEnumerable<(string Name, string Data)> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream);
        var (name, data) = ("", "");
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data = line["data: ".Length..];
            }
            else if (line.Length == 0 && data.Length > 0)
            {
                yield return (name, data);
                (name, data) = ("", "");
            }
        }
    }
}
