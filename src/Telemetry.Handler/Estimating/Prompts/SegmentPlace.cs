using System.Globalization;
using System.Text.Json;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;

namespace Telemetry.Handler.Estimating.Prompts;

/// <summary>Tells where a segment is, as a path into the request.</summary>
internal static class SegmentPlace
{
    private const int LongestName = 64;

    /// <summary>The path, for example <c>tools[3] "get_weather"</c>, <c>system[0]</c>, <c>messages[2].content[0]</c>.</summary>
    public static string Of(in Segment segment, ReadOnlySpan<byte> body) => segment.Level switch
    {
        CacheLevel.Tools when NameOf(body.Slice(segment.Start, segment.Length)) is { } name =>
            string.Create(CultureInfo.InvariantCulture, $"tools[{segment.Block}] \"{name}\""),
        CacheLevel.Tools => string.Create(CultureInfo.InvariantCulture, $"tools[{segment.Block}]"),
        CacheLevel.System => string.Create(CultureInfo.InvariantCulture, $"system[{segment.Block}]"),
        _ => string.Create(CultureInfo.InvariantCulture, $"messages[{segment.Message}].content[{segment.Block}]"),
    };

    /// <summary>The name of a tool, cut where it is longer than any that the API takes; null where it has none.</summary>
    public static string? NameOf(ReadOnlySpan<byte> tool)
    {
        var json = new Utf8JsonReader(tool, new JsonReaderOptions { MaxDepth = int.MaxValue });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isName = MemberNames.Of(ref json) == MemberName.Name;
            json.Read();
            if (isName)
            {
                return json.TokenType == JsonTokenType.String ? Read(json) : null;
            }

            json.Skip();
        }

        return null;
    }

    // The API's names are letters, digits, '-' and '_'; whatever else is there is not copied.
    private static string Read(in Utf8JsonReader json)
    {
        Span<char> name = stackalloc char[LongestName];
        var length = Math.Min(LongestName, json.ValueSpan.Length);
        for (var i = 0; i < length; i++)
        {
            var letter = (char)json.ValueSpan[i];
            name[i] = char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '?';
        }

        return new string(name[..length]);
    }
}
