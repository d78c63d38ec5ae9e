namespace Telemetry.Handler.Names;

/// <summary>Decides which conventions hold.</summary>
internal static class ConventionsSetting
{
    /// <summary>OpenTelemetry's switch for instrumentations.</summary>
    public const string Variable = "OTEL_SEMCONV_STABILITY_OPT_IN";

    private const string LatestName = "gen_ai_latest_experimental";
    private const string BothName = "gen_ai_latest_experimental/dup";

    /// <summary>The conventions of the environment; 1.41 when it says nothing.</summary>
    /// <param name="value">The value of <see cref="Variable"/>: a list with commas.</param>
    public static SemanticConventions Of(string? value)
    {
        var chosen = SemanticConventions.V141;
        foreach (var part in (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Equals(BothName, StringComparison.OrdinalIgnoreCase))
            {
                return SemanticConventions.Both;
            }

            chosen = part.Equals(LatestName, StringComparison.OrdinalIgnoreCase) ? SemanticConventions.Latest : chosen;
        }

        return chosen;
    }

    /// <summary>Whether the names of 1.41 are emitted.</summary>
    public static bool HasV141(this SemanticConventions conventions) => conventions != SemanticConventions.Latest;

    /// <summary>Whether the newer names are emitted.</summary>
    public static bool HasLatest(this SemanticConventions conventions) => conventions != SemanticConventions.V141;

    /// <summary>The schema that the emitted names follow.</summary>
    public static string SchemaUrl(this SemanticConventions conventions) => conventions == SemanticConventions.Latest
        ? "https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev"
        : "https://opentelemetry.io/schemas/1.41.0";
}
