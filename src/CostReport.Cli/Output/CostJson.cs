using System.Text.Json;
using CostLedger.Records;

namespace CostReport.Cli.Output;

/// <summary>Writes a cost by class as JSON: decimal strings with nine places.</summary>
internal static class CostJson
{
    /// <summary>The property's name.</summary>
    public const string Name = "cost_usd_by_class";

    /// <summary>Writes the property.</summary>
    public static void Write(Utf8JsonWriter json, CostByClass cost)
    {
        json.WriteStartObject(Name);
        json.WriteString("input", cost.Input.ToString());
        json.WriteString("output", cost.Output.ToString());
        json.WriteString("cache_read", cost.CacheRead.ToString());
        json.WriteString("cache_write_5m", cost.CacheWrite5m.ToString());
        json.WriteString("cache_write_1h", cost.CacheWrite1h.ToString());
        json.WriteString("server_tools", cost.ServerTools.ToString());
        json.WriteEndObject();
    }
}
