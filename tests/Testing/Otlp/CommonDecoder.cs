namespace Testing.Otlp;

/// <summary>What spans, metrics and logs share: attributes, resources, scopes. Source: opentelemetry-proto 1.x, common and resource.</summary>
internal static class CommonDecoder
{
    /// <summary>Reads the two outer levels of an export request, which are alike for all signals.</summary>
    /// <param name="request">The request.</param>
    /// <param name="take">Takes one span, metric or log record.</param>
    public static void ReadRequest(ReadOnlySpan<byte> request, SignalTaker take)
    {
        var reader = new ProtoReader(request);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                ReadResource(reader.ReadBytes(), take);
            }
        }
    }

    public static void AddAttribute(ReadOnlySpan<byte> keyValue, Dictionary<string, object?> into)
    {
        var key = "";
        object? value = null;
        var reader = new ProtoReader(keyValue);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.ReadText();
                    break;
                case 2:
                    value = ReadValue(reader.ReadBytes());
                    break;
                default:
                    break;
            }
        }

        into.Add(key, value); // A key that comes twice is a fault and throws.
    }

    public static object? ReadValue(ReadOnlySpan<byte> anyValue)
    {
        var reader = new ProtoReader(anyValue);
        return !reader.Next() ? null : reader.Field switch
        {
            1 => reader.ReadText(),
            2 => reader.ReadInteger() != 0,
            3 => reader.ReadInteger(),
            4 => reader.ReadDouble(),
            5 => ReadList(reader.ReadBytes()),
            6 => ReadMap(reader.ReadBytes()),
            7 => reader.ReadBytes().ToArray(),
            _ => throw new InvalidDataException($"an attribute's value of kind {reader.Field} is unknown"),
        };
    }

    private static void ReadResource(ReadOnlySpan<byte> resourceSignals, SignalTaker take)
    {
        var resource = new Dictionary<string, object?>(StringComparer.Ordinal);
        var reader = new ProtoReader(resourceSignals);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    ReadAttributes(reader.ReadBytes(), field: 1, resource);
                    break;
                case 2:
                    ReadScope(reader.ReadBytes(), resource, take);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The schema may stand behind the spans, so it is looked for first.</summary>
    private static void ReadScope(ReadOnlySpan<byte> scopeSignals, Dictionary<string, object?> resource, SignalTaker take)
    {
        var (name, version, schema) = ("", "", "");
        var header = new ProtoReader(scopeSignals);
        while (header.Next())
        {
            if (header.Field == 1)
            {
                (name, version) = ReadNameAndVersion(header.ReadBytes());
            }
            else if (header.Field == 3)
            {
                schema = header.ReadText();
            }
        }

        var origin = new OtlpOrigin(resource, name, version, schema);
        var reader = new ProtoReader(scopeSignals);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                take(reader.ReadBytes(), origin);
            }
        }
    }

    private static (string Name, string Version) ReadNameAndVersion(ReadOnlySpan<byte> scope)
    {
        var (name, version) = ("", "");
        var reader = new ProtoReader(scope);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                name = reader.ReadText();
            }
            else if (reader.Field == 2)
            {
                version = reader.ReadText();
            }
        }

        return (name, version);
    }

    private static void ReadAttributes(ReadOnlySpan<byte> message, int field, Dictionary<string, object?> into)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                AddAttribute(reader.ReadBytes(), into);
            }
        }
    }

    private static List<object?> ReadList(ReadOnlySpan<byte> array)
    {
        var list = new List<object?>();
        var reader = new ProtoReader(array);
        while (reader.Next())
        {
            list.Add(ReadValue(reader.ReadBytes()));
        }

        return list;
    }

    private static Dictionary<string, object?> ReadMap(ReadOnlySpan<byte> list)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        ReadAttributes(list, field: 1, map);
        return map;
    }
}
