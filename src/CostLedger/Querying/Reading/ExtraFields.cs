using System.Text.Json;
using System.Text.Json.Serialization;
using CostLedger.Records;

namespace CostLedger.Querying.Reading;

/// <summary>What few calls have and no report sums: the JSON of <c>call_details.extra</c>. Absent members are null.</summary>
internal sealed partial record ExtraFields
{
    /// <summary>The fault of a record whose JSON is damaged.</summary>
    internal const string Unreadable = "extra_unreadable";

    /// <summary>The part of a condition that is true of all rows whose JSON tells of faults.</summary>
    internal const string MayHaveFaults = "instr(d.extra, '\"faults\"') > 0";

    /// <summary>True where the provider sent an empty <c>usage</c>, which is not the same as none.</summary>
    public bool? EmptyUsage { get; init; }

    /// <summary>True where an estimate without any figure was made.</summary>
    public bool? EmptyEstimate { get; init; }

    public long? RetryAfterUs { get; init; }

    public long? EstimatedInput { get; init; }

    public long? EstimatedOutputLow { get; init; }

    public long? EstimatedOutputHigh { get; init; }

    public string? Tokenizer { get; init; }

    public long? WebFetches { get; init; }

    public long? CodeExecutions { get; init; }

    public string? FallbackCredit { get; init; }

    public IReadOnlyList<UsageIteration>? Iterations { get; init; }

    public IReadOnlyList<string>? Marks { get; init; }

    public IReadOnlyList<string>? Faults { get; init; }

    public IReadOnlyList<RateLimit>? Limits { get; init; }

    private static ExtraFields Nothing { get; } = new();

    /// <summary>The JSON of what a record has beyond its columns; null when there is nothing.</summary>
    public static string? Serialize(CallRecord record)
    {
        var fields = From(record);
        return fields == Nothing ? null : JsonSerializer.Serialize(fields, ExtraFieldsContext.Default.ExtraFields);
    }

    /// <summary>Reads the JSON; nothing but the rare fields is lost where it is damaged.</summary>
    public static ExtraFields Parse(string? json)
    {
        if (json is null)
        {
            return Nothing;
        }

        try
        {
            return JsonSerializer.Deserialize(json, ExtraFieldsContext.Default.ExtraFields) ?? Nothing;
        }
        catch (JsonException)
        {
            return new ExtraFields { Faults = [Unreadable] };
        }
    }

    private static ExtraFields From(CallRecord record)
    {
        var usage = record.Usage;
        var estimate = record.Estimate;
        return new ExtraFields
        {
            EmptyUsage = usage is not null && usage == new TokenUsage() ? true : null,
            EmptyEstimate = estimate is not null && estimate == new TokenEstimate() ? true : null,
            RetryAfterUs = record.RetryAfter is { } wait ? wait.Ticks / TimeSpan.TicksPerMicrosecond : null,
            EstimatedInput = estimate?.InputTokens,
            EstimatedOutputLow = estimate?.OutputTokensLow,
            EstimatedOutputHigh = estimate?.OutputTokensHigh,
            Tokenizer = estimate?.Tokenizer,
            WebFetches = usage?.WebFetchRequests,
            CodeExecutions = usage?.CodeExecutionRequests,
            FallbackCredit = usage?.FallbackCreditStatus,
            Iterations = usage is { Iterations.Count: > 0 } ? usage.Iterations : null,
            Marks = record.Cost.Marks is { Count: > 0 } marks ? marks : null,
            Faults = record.Faults is { Count: > 0 } faults ? faults : null,
            Limits = record.RateLimits is { Count: > 0 } limits ? limits : null,
        };
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true)]
    [JsonSerializable(typeof(ExtraFields))]
    private sealed partial class ExtraFieldsContext : JsonSerializerContext;
}
