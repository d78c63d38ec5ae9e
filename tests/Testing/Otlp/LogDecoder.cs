namespace Testing.Otlp;

/// <summary>Reads log records. Source: opentelemetry-proto 1.x, logs.</summary>
internal static class LogDecoder
{
    public static IReadOnlyList<OtlpLog> ReadRequest(ReadOnlySpan<byte> request)
    {
        var logs = new List<OtlpLog>();
        CommonDecoder.ReadRequest(request, (message, origin) => logs.Add(Read(message, origin)));
        return logs;
    }

    private static OtlpLog Read(ReadOnlySpan<byte> message, OtlpOrigin origin)
    {
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var log = new OtlpLog
        {
            Origin = origin,
            EventName = "",
            Severity = 0,
            Body = null,
            TraceId = "",
            SpanId = "",
            Attributes = attributes,
        };
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 6)
            {
                CommonDecoder.AddAttribute(reader.ReadBytes(), attributes);
            }
            else
            {
                log = WithField(log, ref reader);
            }
        }

        return log;
    }

    private static OtlpLog WithField(OtlpLog log, ref ProtoReader reader) => reader.Field switch
    {
        2 => log with { Severity = (int)reader.ReadInteger() },
        5 => log with { Body = CommonDecoder.ReadValue(reader.ReadBytes()) },
        9 => log with { TraceId = Convert.ToHexStringLower(reader.ReadBytes()) },
        10 => log with { SpanId = Convert.ToHexStringLower(reader.ReadBytes()) },
        12 => log with { EventName = reader.ReadText() },
        _ => log,
    };
}
