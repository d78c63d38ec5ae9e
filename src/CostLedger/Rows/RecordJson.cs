using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CostLedger.Records;

namespace CostLedger.Rows;

/// <summary>A whole record as one line of JSON, for spool files and in-flight notes.</summary>
internal static partial class RecordJson
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Appends a record's JSON.</summary>
    public static void Write(CallRecord record, IBufferWriter<byte> output)
    {
        var writer = _writer ??= new Utf8JsonWriter(output);
        writer.Reset(output);
        JsonSerializer.Serialize(writer, record, Context.Default.CallRecord);
        writer.Flush();
        writer.Reset(Stream.Null);
    }

    /// <summary>Reads a record.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="record">The record.</param>
    /// <returns>Whether the JSON was a record.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out CallRecord? record)
    {
        try
        {
            record = JsonSerializer.Deserialize(json, Context.Default.CallRecord);
            record = record is { Cost: not null } ? Complete(record) : null;
        }
        catch (JsonException)
        {
            record = null;
        }

        return record is not null;
    }

    // A file of an earlier version may lack members; what is missing becomes what a new record has.
    private static CallRecord Complete(CallRecord record) => record with
    {
        Attempt = Math.Max(1, record.Attempt),
        Usage = record.Usage is { Iterations: null } usage ? usage with { Iterations = [] } : record.Usage,
        Cost = record.Cost.Marks is null ? record.Cost with { Marks = [] } : record.Cost,
        Timing = record.Timing is null ? new CallTiming() : record.Timing.Parts is null ? record.Timing with { Parts = [] } : record.Timing,
        Transfer = record.Transfer ?? new TransferFacts(),
        Labels = record.Labels is null ? CallLabels.None : record.Labels.Tags is null ? record.Labels with { Tags = CallLabels.None.Tags } : record.Labels,
        RateLimits = record.RateLimits ?? [],
        Faults = record.Faults ?? [],
        ToolRounds = record.ToolRounds ?? [],
        Prompt = record.Prompt is { } prompt ? prompt with { Breakpoints = prompt.Breakpoints ?? [], NewNodes = prompt.NewNodes ?? [] } : null,
    };

    private sealed class CallIdConverter : JsonConverter<CallId>
    {
        public override CallId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            UInt128.TryParse(reader.GetString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                ? new CallId(value)
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, CallId value, JsonSerializerOptions options)
        {
            Span<char> digits = stackalloc char[2 * CallId.ByteCount];
            value.Value.TryFormat(digits, out var length, "x32", CultureInfo.InvariantCulture);
            writer.WriteStringValue(digits[..length]);
        }
    }

    private sealed class NanoUsdConverter : JsonConverter<NanoUsd>
    {
        public override NanoUsd Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, NanoUsd value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    private sealed class HashConverter : JsonConverter<UInt128>
    {
        public override UInt128 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => NewNodesConverter.ReadHash(ref reader);

        public override void Write(Utf8JsonWriter writer, UInt128 value, JsonSerializerOptions options) => NewNodesConverter.Write(writer, value);
    }

    [JsonSourceGenerationOptions(
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = [typeof(CallIdConverter), typeof(NanoUsdConverter), typeof(HashConverter), typeof(NewNodesConverter)])]
    [JsonSerializable(typeof(CallRecord))]
    private sealed partial class Context : JsonSerializerContext;
}
