using System.Text;
using System.Text.Json;
using Telemetry.Handler.Segments.Reading;

namespace Telemetry.Handler.Segments.Tries;

/// <summary>Reads the name of a tool's definition.</summary>
internal static class ToolNames
{
    private const int LongestName = 128;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>The name; null where there is none that the API would take, so that nothing but a name can get into the ledger.</summary>
    public static string? Of(ReadOnlySpan<byte> tool)
    {
        var json = new Utf8JsonReader(tool, Options);
        string? name = null;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isName = MemberNames.Of(ref json) == MemberName.Name;
            json.Read();
            if (isName)
            {
                // The last of several equal keys counts.
                name = json is { TokenType: JsonTokenType.String, ValueIsEscaped: false } && IsName(json.ValueSpan) ? Encoding.ASCII.GetString(json.ValueSpan) : null;
            }

            json.Skip();
        }

        return name;
    }

    private static bool IsName(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > LongestName)
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'_' or (byte)'-'))
            {
                return false;
            }
        }

        return true;
    }
}
