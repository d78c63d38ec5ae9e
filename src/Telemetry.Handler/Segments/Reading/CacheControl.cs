using System.Text.Json;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>Reads <c>cache_control</c>.</summary>
internal static class CacheControl
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>The breakpoint that the reader's value asks for; the reader is left at the value's end.</summary>
    public static CacheLifetime Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return CacheLifetime.None;
        }

        var lifetime = CacheLifetime.FiveMinutes;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isTtl = MemberNames.Of(ref json) == MemberName.Ttl;
            json.Read();
            if (isTtl && json.TokenType == JsonTokenType.String)
            {
                lifetime = json.ValueSpan.SequenceEqual("1h"u8) ? CacheLifetime.OneHour : CacheLifetime.FiveMinutes;
            }

            json.Skip();
        }

        return lifetime;
    }

    /// <summary>The same of a value by itself.</summary>
    public static CacheLifetime Read(ReadOnlySpan<byte> value)
    {
        var json = new Utf8JsonReader(value, Options);
        json.Read();
        return Read(ref json);
    }
}
