using System.Text.Json;

namespace EndToEnd.Tests.Otlp;

/// <summary>The dashboard that comes with the OTLP example.</summary>
internal static class Dashboard
{
    public const string Folder = "examples/OtlpExport";

    public static JsonElement Read() =>
        JsonElement.Parse(File.ReadAllText(RepositoryFiles.Path($"{Folder}/observability/grafana/dashboards/claude-costs.json")));

    /// <summary>The queries of all panels.</summary>
    /// <param name="language">The property that holds them: <c>expr</c> for Prometheus, <c>query</c> for Tempo.</param>
    /// <returns>The queries.</returns>
    public static IReadOnlyList<string> Queries(string language) =>
    [
        .. Read().GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Where(target => target.TryGetProperty(language, out _))
            .Select(target => target.GetProperty(language).GetString()!),
    ];
}
