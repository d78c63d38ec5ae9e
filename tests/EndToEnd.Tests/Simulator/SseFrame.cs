using System.Text.Json;

namespace EndToEnd.Tests.Simulator;

/// <summary>An event of a stream, read the plain way.</summary>
internal sealed record SseFrame(string Name, JsonElement Data)
{
    public static IReadOnlyList<SseFrame> Read(string stream) =>
    [
        .. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(frame => frame.Split('\n'))
            .Select(lines => new SseFrame(lines[0]["event: ".Length..], JsonElement.Parse(lines[1]["data: ".Length..]))),
    ];
}
