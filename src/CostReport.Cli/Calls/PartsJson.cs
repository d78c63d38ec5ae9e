using System.Text.Json;
using CostLedger.Records;

namespace CostReport.Cli.Calls;

/// <summary>What of an answer came when, as JSON.</summary>
internal static class PartsJson
{
    /// <summary>Writes a list with an object for each part.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<AnswerPart> parts)
    {
        json.WriteStartArray();
        foreach (var part in parts)
        {
            json.WriteStartObject();
            json.WriteString("kind", part.Kind);
            Time(json, "start_ms", part.Start);
            Time(json, "end_ms", part.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Time(Utf8JsonWriter json, string name, TimeSpan time)
    {
        if (CallData.Milliseconds(time) is { } known)
        {
            json.WriteNumber(name, known);
        }
    }
}
