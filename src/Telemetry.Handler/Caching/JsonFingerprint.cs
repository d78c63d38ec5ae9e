using System.Text.Json;

namespace Telemetry.Handler.Caching;

/// <summary>Numbers that stand for JSON, whatever its white space. As <see cref="Fingerprint"/>: not for secrets, and not to be stored.</summary>
internal static class JsonFingerprint
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>The number of a value that was found well-formed before; zero for none, <c>null</c>, and what is empty.</summary>
    /// <param name="json">The value.</param>
    /// <param name="except">A member that does not count, at any depth.</param>
    public static ulong Of(ReadOnlySpan<byte> json, ReadOnlySpan<byte> except = default)
    {
        var reader = new Utf8JsonReader(json, Options);
        var (hash, tokens) = (Fingerprint.Of(json[..0]), 0);
        while (!json.IsEmpty && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null && tokens == 0)
            {
                return 0;
            }

            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan.SequenceEqual(except))
            {
                reader.Skip();
                continue;
            }

            tokens++;
            hash = Fingerprint.Add(hash, (long)reader.TokenType);
            hash = reader.ValueSpan.IsEmpty ? hash : Fingerprint.Add(hash, (long)Fingerprint.Of(reader.ValueSpan));
        }

        // One token is a plain value, two are brackets with nothing between.
        return tokens is 0 or 2 ? 0 : hash | 1;
    }

    /// <summary>A member's value; nothing where there is none.</summary>
    /// <param name="json">An object that was found well-formed before.</param>
    /// <param name="name">The member's name.</param>
    public static ReadOnlySpan<byte> Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            return default;
        }

        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMember = reader.ValueSpan.SequenceEqual(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isMember)
            {
                return json[start..(int)reader.BytesConsumed];
            }
        }

        return default;
    }
}
