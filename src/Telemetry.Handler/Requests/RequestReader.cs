using System.Text.Json;

namespace Telemetry.Handler.Requests;

/// <summary>
/// Walks a request body once. Only the members that are asked for are looked at; strings of the prompt are stepped over
/// without being decoded, so escapes that are no valid text (a lone surrogate) do no harm.
/// </summary>
internal sealed class RequestReader
{
    private const int MaxDepth = 1000;
    private const int MaxTextLength = 1024;
    private const byte ByteOrderMark = 0xEF;
    private const int ByteOrderMarkLength = 3;

    private RequestSnapshot _snapshot = RequestSnapshot.Empty;

    public RequestSnapshot Read(ReadOnlySpan<byte> body)
    {
        if (body.Length >= ByteOrderMarkLength && body[0] == ByteOrderMark)
        {
            body = body[ByteOrderMarkLength..];
        }

        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return _snapshot with { IsMalformed = true };
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref reader);
            }

            return _snapshot;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return _snapshot with { IsMalformed = true };
        }
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (ReadScalarMember(ref reader))
        {
            return;
        }

        if (reader.ValueTextEquals("messages"u8))
        {
            var messages = CountItems(ref reader);
            _snapshot = _snapshot with { Messages = messages };
        }
        else if (reader.ValueTextEquals("tools"u8))
        {
            var tools = CountItems(ref reader);
            _snapshot = _snapshot with { Tools = tools };
        }
        else if (reader.ValueTextEquals("thinking"u8))
        {
            ReadObject(ref reader, ReadThinking);
        }
        else if (reader.ValueTextEquals("output_config"u8))
        {
            ReadObject(ref reader, ReadOutputConfig);
        }
        else if (reader.ValueTextEquals("metadata"u8))
        {
            ReadObject(ref reader, ReadMetadata);
        }
        else
        {
            var isFormat = reader.ValueTextEquals("output_format"u8);
            CountItems(ref reader);
            _snapshot = isFormat ? _snapshot with { HasOutputFormat = true } : _snapshot;
        }
    }

    private bool ReadScalarMember(ref Utf8JsonReader reader)
    {
        var known = _snapshot;
        if (reader.ValueTextEquals("model"u8))
        {
            _snapshot = known with { Model = Text(ref reader) };
        }
        else if (reader.ValueTextEquals("stream"u8))
        {
            reader.Read();
            _snapshot = known with { Stream = reader.TokenType == JsonTokenType.True };
            Leave(ref reader);
        }
        else if (reader.ValueTextEquals("max_tokens"u8))
        {
            _snapshot = known with { MaxTokens = Integer(ref reader) };
        }
        else if (reader.ValueTextEquals("service_tier"u8))
        {
            _snapshot = known with { ServiceTier = Text(ref reader) };
        }
        else if (reader.ValueTextEquals("speed"u8))
        {
            _snapshot = known with { Speed = Text(ref reader) };
        }
        else if (reader.ValueTextEquals("inference_geo"u8))
        {
            _snapshot = known with { InferenceGeo = Text(ref reader) };
        }
        else
        {
            return ReadSampling(ref reader);
        }

        return true;
    }

    private bool ReadSampling(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("temperature"u8))
        {
            _snapshot = _snapshot with { Temperature = Number(ref reader) };
        }
        else if (reader.ValueTextEquals("top_p"u8))
        {
            _snapshot = _snapshot with { TopP = Number(ref reader) };
        }
        else if (reader.ValueTextEquals("top_k"u8))
        {
            _snapshot = _snapshot with { TopK = Integer(ref reader) };
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadThinking(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("type"u8))
        {
            _snapshot = _snapshot with { ThinkingType = Text(ref reader) };
        }
        else if (reader.ValueTextEquals("budget_tokens"u8))
        {
            _snapshot = _snapshot with { ThinkingBudget = Integer(ref reader) };
        }
        else
        {
            CountItems(ref reader);
        }
    }

    private void ReadOutputConfig(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("effort"u8))
        {
            _snapshot = _snapshot with { Effort = Text(ref reader) };
        }
        else
        {
            var isFormat = reader.ValueTextEquals("format"u8);
            CountItems(ref reader);
            _snapshot = isFormat ? _snapshot with { HasOutputFormat = true } : _snapshot;
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("user_id"u8))
        {
            _snapshot = _snapshot with { MetadataUserId = Text(ref reader) };
        }
        else
        {
            CountItems(ref reader);
        }
    }

    private static void ReadObject(ref Utf8JsonReader reader, MemberReader readMember)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Leave(ref reader);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            readMember(ref reader);
        }
    }

    // Steps over the value of the member at hand, noting cache breakpoints on the way.
    private int CountItems(ref Utf8JsonReader reader)
    {
        reader.Read();
        var depth = reader.CurrentDepth;
        var items = 0;
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return 0;
        }

        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.CurrentDepth == depth + 1 && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String)
            {
                items++;
            }

            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("cache_control"u8))
            {
                _snapshot = _snapshot with { CacheBreakpoints = _snapshot.CacheBreakpoints + 1 };
            }
        }

        return items;
    }

    private static void Leave(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            reader.Skip();
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= MaxTextLength)
        {
            return reader.GetString();
        }

        Leave(ref reader);
        return null;
    }

    private static long? Integer(ref Utf8JsonReader reader)
    {
        reader.Read();
        Leave(ref reader);
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : null;
    }

    private static double? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        Leave(ref reader);
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) ? value : null;
    }

    private delegate void MemberReader(ref Utf8JsonReader reader);
}
