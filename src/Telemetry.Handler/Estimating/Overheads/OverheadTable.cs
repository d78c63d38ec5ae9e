using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;

namespace Telemetry.Handler.Estimating.Overheads;

/// <summary>
/// The overheads of the models, from the embedded <c>overheads.json</c>. Sources: Anthropic, Tool use, 2026-08-21, for the
/// prompts that explain tools; Anthropic, Vision, for images; the rest is fitted to recorded calls by
/// <c>bench -- accuracy</c>, which prints how well it does.
/// </summary>
internal static class OverheadTable
{
    private const string Claude = "claude-";
    private const string Resource = "overheads.json";

    private const int MostNames = 1_024;

    private static readonly ModelOverheads[] Models = Read();

    // Applications name few models; what somebody makes up is looked up each time.
    private static readonly ConcurrentDictionary<string, (string Name, ModelOverheads Model)> Names = new(StringComparer.Ordinal);

    /// <summary>All entries, the longest prefixes first.</summary>
    public static IReadOnlyList<ModelOverheads> All => Models;

    /// <summary>The overheads of a model.</summary>
    /// <param name="model">Its id in any provider's spelling; null when not known.</param>
    /// <returns>Its own, else those of the newest generation, marked as not known.</returns>
    public static ModelOverheads Of(string? model) => Find(model).Model;

    /// <summary>A model's id in one spelling for all, and its overheads.</summary>
    /// <param name="model">Its id in any provider's spelling; null when not known.</param>
    public static (string Name, ModelOverheads Model) Find(string? model)
    {
        if (model is null)
        {
            return ("", Look(""));
        }

        if (Names.TryGetValue(model, out var known))
        {
            return known;
        }

        var plain = Plain(model);
        var found = (Undated(plain), Look(plain));
        return Names.Count < MostNames ? Names.GetOrAdd(model, found) : found;
    }

    private static ModelOverheads Look(string id)
    {
        foreach (var entry in Models)
        {
            if (id.StartsWith(entry.Prefix, StringComparison.Ordinal))
            {
                return entry.Prefix.Length == 0 ? entry with { IsKnown = false } : entry;
            }
        }

        return Models[^1] with { IsKnown = false };
    }

    /// <summary>
    /// A model's id without provider, region and <c>claude-</c>, in lower case with hyphens only, and without its date and version:
    /// one name for the alias that a request has and the snapshot that answers.
    /// </summary>
    public static string Normalize(string? model) => Undated(Plain(model));

    private static string Plain(string? model)
    {
        var at = model?.LastIndexOf(Claude, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
        {
            return "";
        }

        return string.Create(model!.Length - at - Claude.Length, (model, at), static (id, from) =>
        {
            from.model.AsSpan(from.at + Claude.Length).ToLowerInvariant(id);
            id.ReplaceAny(Separators, '-');
        });
    }

    // "sonnet-4-5-20250929-v1-0", which Bedrock has, "haiku-3-5-latest" and "opus-4-1-20250805" are what stands before.
    private static string Undated(string plain)
    {
        var version = plain.LastIndexOf(Version, StringComparison.Ordinal);
        var name = version > 0 && !plain.AsSpan(version + Version.Length).ContainsAnyExcept(VersionCharacters) ? plain.AsSpan(0, version) : plain;
        name = name.EndsWith(Latest, StringComparison.Ordinal) ? name[..^Latest.Length] : name;
        var isDated = name.Length > DateLength && name[^DateLength] == '-' && !name[^(DateLength - 1)..].ContainsAnyExceptInRange('0', '9');
        name = isDated ? name[..^DateLength] : name;
        return name.Length == plain.Length ? plain : name.ToString();
    }

    private const string Version = "-v";
    private const string Latest = "-latest";

    // With its hyphen.
    private const int DateLength = 9;

    private static readonly System.Buffers.SearchValues<char> VersionCharacters = System.Buffers.SearchValues.Create("0123456789-");

    private static readonly System.Buffers.SearchValues<char> Separators = System.Buffers.SearchValues.Create(".@:_");

    private static ModelOverheads[] Read()
    {
        using var stream = typeof(OverheadTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is not in the assembly.");
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var root = document.RootElement;
        var generations = root.GetProperty("generations").EnumerateObject()
            .ToFrozenDictionary(g => g.Name, g => g.Value, StringComparer.Ordinal);
        return
        [
            .. root.GetProperty("models").EnumerateArray()
                .Select(model => Entry(model, generations[model.GetProperty("generation").GetString()!]))
                .OrderByDescending(entry => entry.Prefix.Length),
        ];
    }

    private static ModelOverheads Entry(JsonElement model, JsonElement generation)
    {
        JsonElement Value(string name) => model.TryGetProperty(name, out var own) ? own : generation.GetProperty(name);
        var weights = new FeatureVector { [Feature.Fixed] = 1 };
        for (var feature = Feature.Text; feature < Feature.Fixed; feature++)
        {
            weights[feature] = Value(JsonNamingPolicy.SnakeCaseLower.ConvertName(feature.ToString())).GetDouble();
        }

        return new ModelOverheads
        {
            Prefix = model.GetProperty("prefix").GetString()!,
            Weights = weights,
            ToolPrompt = Value("tool_prompt").GetInt32(),
            ForcedToolPrompt = Value("forced_tool_prompt").GetInt32(),
            KeepsThinking = Value("keeps_thinking").GetBoolean(),
            ImageEdge = Value("image_edge").GetInt32(),
            ImageTokens = Value("image_tokens").GetInt32(),
            BashTool = Value("bash_tool").GetInt32(),
            Error = Value("error").GetDouble(),
        };
    }
}
