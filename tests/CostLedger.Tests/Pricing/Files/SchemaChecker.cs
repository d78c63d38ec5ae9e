using System.Text.Json;
using System.Text.RegularExpressions;

namespace CostLedger.Tests.Pricing.Files;

/// <summary>The part of JSON Schema 2020-12 that pricing.schema.json uses; any other keyword is an error, so that none is silently ignored.</summary>
internal sealed class SchemaChecker(JsonElement root)
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public List<string> Faults { get; } = [];

    public void Check(JsonElement value) => Check(value, root, "$");

    private void Check(JsonElement value, JsonElement schema, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Holds(value, schema, keyword, path))
            {
                Faults.Add($"{path}: {keyword.Name} {keyword.Value}");
            }
        }
    }

    private bool Holds(JsonElement value, JsonElement schema, JsonProperty keyword, string path) => keyword.Name switch
    {
        "$schema" or "title" or "description" or "$defs" => true,
        "$ref" => CheckReference(value, keyword.Value, path),
        "type" => IsOfType(value, keyword.Value),
        "const" => JsonElement.DeepEquals(value, keyword.Value),
        "enum" => keyword.Value.EnumerateArray().Any(item => JsonElement.DeepEquals(value, item)),
        "properties" => CheckMembers(value, keyword.Value, path),
        "additionalProperties" => CheckOthers(value, schema, keyword.Value, path),
        "required" => value.ValueKind != JsonValueKind.Object
            || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "items" => CheckItems(value, keyword.Value, path),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= keyword.Value.GetInt32(),
        "uniqueItems" => value.ValueKind != JsonValueKind.Array
            || value.EnumerateArray().Select(item => item.GetRawText()).Distinct(StringComparer.Ordinal).Count() == value.GetArrayLength(),
        "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= keyword.Value.GetInt32(),
        "pattern" => value.ValueKind != JsonValueKind.String
            || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!, RegexOptions.None, PatternTime),
        "minimum" => IsNoNumber(value) || value.GetDecimal() >= keyword.Value.GetDecimal(),
        "maximum" => IsNoNumber(value) || value.GetDecimal() <= keyword.Value.GetDecimal(),
        "exclusiveMinimum" => IsNoNumber(value) || value.GetDecimal() > keyword.Value.GetDecimal(),
        "exclusiveMaximum" => IsNoNumber(value) || value.GetDecimal() < keyword.Value.GetDecimal(),
        _ => throw new NotSupportedException($"the schema uses {keyword.Name}"),
    };

    private bool CheckReference(JsonElement value, JsonElement reference, string path)
    {
        var target = reference.GetString()!.Split('/').Skip(1).Aggregate(root, (schema, name) => schema.GetProperty(name));
        Check(value, target, path);
        return true;
    }

    private bool CheckMembers(JsonElement value, JsonElement properties, string path)
    {
        foreach (var property in value.ValueKind == JsonValueKind.Object ? properties.EnumerateObject() : default)
        {
            if (value.TryGetProperty(property.Name, out var member))
            {
                Check(member, property.Value, $"{path}.{property.Name}");
            }
        }

        return true;
    }

    private bool CheckOthers(JsonElement value, JsonElement schema, JsonElement rule, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var hasNames = schema.TryGetProperty("properties", out var names);
        var others = value.EnumerateObject().Where(member => !hasNames || !names.TryGetProperty(member.Name, out _)).ToList();
        if (rule.ValueKind == JsonValueKind.False)
        {
            return others.Count == 0;
        }

        others.ForEach(member => Check(member.Value, rule, $"{path}.{member.Name}"));
        return true;
    }

    private bool CheckItems(JsonElement value, JsonElement schema, string path)
    {
        var index = 0;
        foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
        {
            Check(item, schema, $"{path}[{index++}]");
        }

        return true;
    }

    private static bool IsOfType(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOfType(value, one))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() == decimal.Truncate(value.GetDecimal()),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            var other => throw new NotSupportedException($"the schema uses the type {other}"),
        };

    private static bool IsNoNumber(JsonElement value) => value.ValueKind != JsonValueKind.Number;
}
