using System.Text.Json;

namespace CostReport.Cli.Estimates.Inputs;

/// <summary>A value within a JSON document, as it stands there.</summary>
/// <param name="Name">The member's name; empty for an element of a list.</param>
/// <param name="Kind">The value's first token.</param>
/// <param name="Text">The value.</param>
internal readonly record struct JsonPart(string Name, JsonTokenType Kind, ReadOnlyMemory<byte> Text)
{
    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Kind == JsonTokenType.StartObject;

    /// <summary>Whether it is a list.</summary>
    public bool IsList => Kind == JsonTokenType.StartArray;
}
