namespace Testing.Otlp;

/// <summary>Reads metrics. Source: opentelemetry-proto 1.x, metrics.</summary>
internal static class MetricDecoder
{
    public static IReadOnlyList<OtlpMetric> ReadRequest(ReadOnlySpan<byte> request)
    {
        var metrics = new List<OtlpMetric>();
        CommonDecoder.ReadRequest(request, (message, origin) => metrics.Add(Read(message, origin)));
        return metrics;
    }

    private static OtlpMetric Read(ReadOnlySpan<byte> message, OtlpOrigin origin)
    {
        var metric = new OtlpMetric(origin, "", "", "", IsMonotonic: false, []);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            metric = reader.Field switch
            {
                1 => metric with { Name = reader.ReadText() },
                3 => metric with { Unit = reader.ReadText() },
                5 => WithPoints(metric, "gauge", reader.ReadBytes()),
                7 => WithPoints(metric, "sum", reader.ReadBytes()),
                9 => WithPoints(metric, "histogram", reader.ReadBytes()),
                10 => WithPoints(metric, "exponential_histogram", reader.ReadBytes()),
                _ => metric,
            };
        }

        return metric;
    }

    private static OtlpMetric WithPoints(OtlpMetric metric, string kind, ReadOnlySpan<byte> data)
    {
        var points = new List<OtlpPoint>();
        var isMonotonic = false;
        var reader = new ProtoReader(data);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                points.Add(kind is "gauge" or "sum" ? ReadNumber(reader.ReadBytes()) : ReadHistogram(reader.ReadBytes(), kind));
            }
            else if (reader.Field == 3 && kind is "sum")
            {
                isMonotonic = reader.ReadInteger() != 0;
            }
        }

        return metric with { Kind = kind, IsMonotonic = isMonotonic, Points = points };
    }

    private static OtlpPoint ReadNumber(ReadOnlySpan<byte> message)
    {
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var value = 0.0;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 4:
                    value = reader.ReadDouble();
                    break;
                case 6:
                    value = reader.ReadInteger();
                    break;
                case 7:
                    CommonDecoder.AddAttribute(reader.ReadBytes(), attributes);
                    break;
                default:
                    break;
            }
        }

        return new OtlpPoint(attributes, value, 0, [], []);
    }

    private static OtlpPoint ReadHistogram(ReadOnlySpan<byte> message, string kind)
    {
        var attributesField = kind is "histogram" ? 9 : 1;
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var counts = new List<ulong>();
        var bounds = new List<ulong>();
        var (sum, count) = (0.0, 0L);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == attributesField)
            {
                CommonDecoder.AddAttribute(reader.ReadBytes(), attributes);
            }
            else if (reader.Field == 4)
            {
                count = reader.ReadInteger();
            }
            else if (reader.Field == 5)
            {
                sum = reader.ReadDouble();
            }
            else if (kind is "histogram" && reader.Field is 6 or 7)
            {
                reader.ReadFixed64(reader.Field == 6 ? counts : bounds);
            }
        }

        return new OtlpPoint(attributes, sum, count, [.. bounds.Select(BitConverter.UInt64BitsToDouble)], counts);
    }
}
