namespace Testing.Otlp;

/// <summary>Reads spans. Source: opentelemetry-proto 1.x, trace.</summary>
internal static class SpanDecoder
{
    public static IReadOnlyList<OtlpSpan> ReadRequest(ReadOnlySpan<byte> request)
    {
        var spans = new List<OtlpSpan>();
        CommonDecoder.ReadRequest(request, (message, origin) => spans.Add(Read(message, origin)));
        return spans;
    }

    private static OtlpSpan Read(ReadOnlySpan<byte> message, OtlpOrigin origin)
    {
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var events = new List<OtlpSpanEvent>();
        var links = new List<string>();
        var span = new OtlpSpan
        {
            Origin = origin,
            TraceId = "",
            SpanId = "",
            ParentSpanId = "",
            Name = "",
            Kind = 0,
            StartNs = 0,
            EndNs = 0,
            Attributes = attributes,
            Events = events,
            LinkedSpanIds = links,
            Status = 0,
            StatusMessage = "",
        };
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 9:
                    CommonDecoder.AddAttribute(reader.ReadBytes(), attributes);
                    break;
                case 11:
                    events.Add(ReadEvent(reader.ReadBytes()));
                    break;
                case 13:
                    links.Add(ReadLink(reader.ReadBytes()));
                    break;
                default:
                    span = WithField(span, ref reader);
                    break;
            }
        }

        return span;
    }

    private static OtlpSpan WithField(OtlpSpan span, ref ProtoReader reader) => reader.Field switch
    {
        1 => span with { TraceId = Convert.ToHexStringLower(reader.ReadBytes()) },
        2 => span with { SpanId = Convert.ToHexStringLower(reader.ReadBytes()) },
        4 => span with { ParentSpanId = Convert.ToHexStringLower(reader.ReadBytes()) },
        5 => span with { Name = reader.ReadText() },
        6 => span with { Kind = (int)reader.ReadInteger() },
        7 => span with { StartNs = reader.ReadInteger() },
        8 => span with { EndNs = reader.ReadInteger() },
        15 => WithStatus(span, reader.ReadBytes()),
        _ => span,
    };

    private static OtlpSpan WithStatus(OtlpSpan span, ReadOnlySpan<byte> status)
    {
        var reader = new ProtoReader(status);
        while (reader.Next())
        {
            span = reader.Field switch
            {
                2 => span with { StatusMessage = reader.ReadText() },
                3 => span with { Status = (int)reader.ReadInteger() },
                _ => span,
            };
        }

        return span;
    }

    private static OtlpSpanEvent ReadEvent(ReadOnlySpan<byte> message)
    {
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var (name, time) = ("", 0L);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    time = reader.ReadInteger();
                    break;
                case 2:
                    name = reader.ReadText();
                    break;
                case 3:
                    CommonDecoder.AddAttribute(reader.ReadBytes(), attributes);
                    break;
                default:
                    break;
            }
        }

        return new OtlpSpanEvent(name, time, attributes);
    }

    private static string ReadLink(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                return Convert.ToHexStringLower(reader.ReadBytes());
            }
        }

        return "";
    }
}
