using System.Text.Json.Serialization;
using CostLedger.Records;
using CostLedger.Rows.Tables;

namespace CostLedger.Rows;

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

    public string? ModelAlias { get; init; }

    public long? RetryAfterUs { get; init; }

    public long? EstimatedInputHigh { get; init; }

    public long? EstimatedOutputLow { get; init; }

    public long? EstimatedOutputHigh { get; init; }

    public string? Tokenizer { get; init; }

    public long? DrainedBytes { get; init; }

    public long? WebFetches { get; init; }

    public long? CodeExecutions { get; init; }

    public string? FallbackCredit { get; init; }

    public IReadOnlyList<UsageIteration>? Iterations { get; init; }

    public InvocationMetrics? Invocation { get; init; }

    public long? BatchRequests { get; init; }

    public IReadOnlyList<string>? Marks { get; init; }

    public IReadOnlyList<string>? Faults { get; init; }

    /// <summary>Each limit as kind, limit, remaining, reset (Unix microseconds): every successful call may have four of them.</summary>
    public IReadOnlyList<Limit>? Limits { get; init; }

    /// <summary>Each part of the answer as kind, start, end (microseconds).</summary>
    public IReadOnlyList<Part>? Parts { get; init; }

    private bool IsEmpty => this == Nothing;

    private static ExtraFields Nothing { get; } = new();

    /// <summary>The JSON of what a record has beyond its columns; null when there is nothing.</summary>
    public static string? Serialize(CallRecord record)
    {
        var fields = From(record);
        return fields.IsEmpty ? null : System.Text.Json.JsonSerializer.Serialize(fields, ExtraFieldsContext.Default.ExtraFields);
    }

    /// <summary>Reads the JSON; nothing is lost but the rare fields where it is damaged.</summary>
    public static ExtraFields Parse(string? json)
    {
        if (json is null)
        {
            return Nothing;
        }

        try
        {
            return (System.Text.Json.JsonSerializer.Deserialize(json, ExtraFieldsContext.Default.ExtraFields) ?? Nothing).WithoutImpossible();
        }
        catch (System.Text.Json.JsonException)
        {
            return new ExtraFields { Faults = [Unreadable] };
        }
    }

    /// <summary>The limits as records.</summary>
    public IReadOnlyList<RateLimit> ReadLimits() => Limits is null
        ? []
        : [.. Limits.Select(l => new RateLimit(l.Kind ?? "", l.Max, l.Left, l.ResetsUs is { } us ? DateTimeOffset.UnixEpoch.AddTicks(us * TimeSpan.TicksPerMicrosecond) : null))];

    /// <summary>The parts as records.</summary>
    public IReadOnlyList<AnswerPart> ReadParts() => Parts is null
        ? []
        : [.. Parts.Select(p => new AnswerPart(p.Kind ?? "", TimeSpan.FromTicks(p.StartUs * TimeSpan.TicksPerMicrosecond), TimeSpan.FromTicks(p.EndUs * TimeSpan.TicksPerMicrosecond)))];

    // What is well-formed may still be no time at all: a list with such an entry is dropped, the rest is kept.
    private ExtraFields WithoutImpossible()
    {
        var areLimitsSound = AreAllSound(Limits, static limit => limit.IsSound);
        var arePartsSound = AreAllSound(Parts, static part => part.IsSound);
        var isWaitSound = RetryAfterUs is not { } wait || IsSpan(wait);
        return areLimitsSound && arePartsSound && isWaitSound ? this : this with
        {
            Limits = areLimitsSound ? Limits : null,
            Parts = arePartsSound ? Parts : null,
            RetryAfterUs = isWaitSound ? RetryAfterUs : null,
            Faults = [.. Faults ?? [], Unreadable],
        };
    }

    private static bool AreAllSound<T>(IReadOnlyList<T>? items, Func<T, bool> isSound)
    {
        foreach (var item in items ?? [])
        {
            if (!isSound(item))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSpan(long microseconds) =>
        microseconds is >= long.MinValue / TimeSpan.TicksPerMicrosecond and <= long.MaxValue / TimeSpan.TicksPerMicrosecond;

    private static ExtraFields From(CallRecord record)
    {
        var usage = record.Usage;
        var estimate = record.Estimate;
        var hasColumns = EstimateWriter.HasColumns(estimate);
        return new ExtraFields
        {
            EmptyUsage = usage is not null && usage == new TokenUsage() ? true : null,
            EmptyEstimate = estimate is not null && estimate == new TokenEstimate() ? true : null,
            ModelAlias = record.ModelAlias,
            RetryAfterUs = record.RetryAfter is { } wait ? wait.Ticks / TimeSpan.TicksPerMicrosecond : null,
            EstimatedInputHigh = hasColumns ? null : estimate?.InputTokensHigh,
            EstimatedOutputLow = estimate?.OutputTokensLow,
            EstimatedOutputHigh = estimate?.OutputTokensHigh,
            Tokenizer = hasColumns ? null : estimate?.Tokenizer,
            DrainedBytes = record.Transfer.DrainedBytes,
            WebFetches = usage?.WebFetchRequests,
            CodeExecutions = usage?.CodeExecutionRequests,
            FallbackCredit = usage?.FallbackCreditStatus,
            Iterations = usage is { Iterations.Count: > 0 } ? usage.Iterations : null,
            Invocation = record.InvocationMetrics,
            BatchRequests = record.BatchRequests,
            Marks = record.Cost.Marks is { Count: > 0 } marks ? marks : null,
            Faults = record.Faults is { Count: > 0 } faults ? faults : null,
            Limits = record.RateLimits.Count == 0 ? null : [.. record.RateLimits.Select(Limit.From)],
            Parts = Part.AllOf(record.Timing),
        };
    }

    internal readonly record struct Limit(string? Kind, long? Max, long? Left, long? ResetsUs)
    {
        private static readonly long s_first = (DateTimeOffset.MinValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        private static readonly long s_last = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

        [JsonIgnore]
        public bool IsSound => Kind is not null && (ResetsUs is not { } us || (us >= s_first && us <= s_last));

        public static Limit From(RateLimit limit) => new(
            limit.Kind,
            limit.Limit,
            limit.Remaining,
            limit.ResetsAt is { } at ? (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : null);
    }

    internal readonly record struct Part(string? Kind, long StartUs, long EndUs)
    {
        [JsonIgnore]
        public bool IsSound => Kind is not null && IsSpan(StartUs) && IsSpan(EndUs) && IsSpan(EndUs - StartUs);

        public static IReadOnlyList<Part>? AllOf(CallTiming timing) => timing.Parts.Count == 0 ? null : [.. timing.Parts.Select(From)];

        private static Part From(AnswerPart part) => new(part.Kind, part.Start.Ticks / TimeSpan.TicksPerMicrosecond, part.End.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true)]
    [JsonSerializable(typeof(ExtraFields))]
    private sealed partial class ExtraFieldsContext : JsonSerializerContext;
}
