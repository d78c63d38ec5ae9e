using System.Collections.Frozen;

namespace Telemetry.Handler.Endpoints;

/// <summary>Names that an application gave to models: deployments, inference profiles, routes of a gateway.</summary>
internal sealed class ModelAliases
{
    private readonly FrozenDictionary<string, string> _models;

    private ModelAliases(FrozenDictionary<string, string> models) => _models = models;

    /// <summary>No names.</summary>
    public static ModelAliases None { get; } = new(FrozenDictionary<string, string>.Empty);

    /// <summary>Whether it holds no names.</summary>
    public bool IsEmpty => _models.Count == 0;

    /// <summary>Makes the map.</summary>
    /// <param name="models">Name to model; checked.</param>
    /// <returns>The map; names are compared without case.</returns>
    public static ModelAliases From(IReadOnlyDictionary<string, string>? models) => models is null or { Count: 0 }
        ? None
        : new ModelAliases(models.ToFrozenDictionary(pair => pair.Key.Trim(), pair => pair.Value.Trim(), StringComparer.OrdinalIgnoreCase));

    /// <summary>What is wrong with a map: a sentence a fault.</summary>
    /// <param name="models">Name to model; null is fine.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<string> Faults(IReadOnlyDictionary<string, string>? models)
    {
        if (models is null)
        {
            yield break;
        }

        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, model) in models)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                yield return $"ModelAliases has an empty name (for '{model}'): give the deployment or profile that calls name.";
            }
            else if (string.IsNullOrWhiteSpace(model))
            {
                yield return $"ModelAliases gives '{name}' an empty model: give a model's id.";
            }
            else if (!known.Add(name.Trim()))
            {
                yield return $"ModelAliases has '{name}' twice: names are compared without case.";
            }
        }
    }

    /// <summary>Finds the model of a name.</summary>
    /// <param name="name">A name as a request or an answer has it. Of an ARN, the part after the last slash is a name too.</param>
    /// <returns>The model; null when the map has none.</returns>
    public string? Find(string? name)
    {
        if (IsEmpty || name is null)
        {
            return null;
        }

        if (_models.TryGetValue(name, out var model))
        {
            return model;
        }

        var isArn = name.StartsWith("arn:", StringComparison.OrdinalIgnoreCase);
        return isArn && name.LastIndexOf('/') is >= 0 and var slash ? _models.GetValueOrDefault(name[(slash + 1)..]) : null;
    }
}
