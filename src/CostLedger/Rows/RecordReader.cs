using System.Text.Json;
using CostLedger.Records;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows;

/// <summary>
/// Turns rows back into records: <c>command.CommandText = RecordReader.Select + " WHERE …"</c>, where <c>c</c> is <c>calls</c> and
/// <c>d</c> is <c>call_details</c>. For one thread; the connection may be used for the rows meanwhile.
/// </summary>
internal sealed class RecordReader : IDisposable
{
    /// <summary>The beginning of every statement whose rows <see cref="Read"/> understands.</summary>
    public const string Select = """
        SELECT c.id, c.attempt, c.provider, c.operation, c.outcome, c.http_status, c.session, c.conversation, c.tag_set,
          c.stop_reason, c.error_type, c.input_tokens, c.output_tokens, c.thinking_tokens, c.cache_read_tokens,
          c.cache_creation_tokens, c.cache_5m_tokens, c.cache_1h_tokens, c.web_searches, c.estimated_output, c.cost_basis,
          c.cost_input, c.cost_output, c.cost_cache_read, c.cost_cache_5m, c.cost_cache_1h, c.cost_server_tools,
          c.saved_by_cache, c.price_book, c.first_content_us, c.duration_us,
          d.first_attempt, d.message_id, d.request_id, d.model_requested, d.model_served, d.host, d.location, d.is_stream,
          d.stream_end, d.turn, d.cost_low, d.cost_high, d.headers_us, d.first_event_us, d.longest_gap_us, d.request_bytes,
          d.response_bytes, d.events, d.chunks, d.pings, d.content_blocks, d.estimated_input, d.service_tier, d.speed,
          d.inference_geo, d.refusal, d.extra, c.model
        FROM calls AS c LEFT JOIN call_details AS d ON d.id = c.id
        """;

    private const int MaxCached = 65_536;
    private readonly SqliteCommand _findString;
    private readonly SqliteCommand _findTags;
    private readonly SqliteCommand _findVersion;
    private readonly Dictionary<long, string?> _strings = [];
    private readonly Dictionary<long, string?> _versions = [];
    private readonly Dictionary<long, IReadOnlyDictionary<string, string>> _tagSets = [];

    public RecordReader(SqliteConnection connection)
    {
        _findString = Lookup(connection, "SELECT value FROM strings WHERE id = $id");
        _findTags = Lookup(connection, "SELECT json FROM tag_sets WHERE id = $id");
        _findVersion = Lookup(connection, "SELECT version FROM price_books WHERE id = $id");
    }

    /// <summary>Reads the current row.</summary>
    public CallRecord Read(SqliteDataReader row)
    {
        var extra = ExtraFields.Parse(Text(row, 57));
        var served = Name(row, 35);
        var requested = Name(row, 34);
        return new CallRecord
        {
            Id = ReadId(row, 0) ?? default,
            Attempt = row.GetInt32(1),
            Provider = (Provider)row.GetInt32(2),
            Operation = (Operation)row.GetInt32(3),
            Outcome = (CallOutcome)row.GetInt32(4),
            HttpStatus = (int?)Number(row, 5),
            StopReason = Name(row, 9),
            ErrorType = Name(row, 10),
            FirstAttemptId = ReadId(row, 31),
            MessageId = Text(row, 32),
            RequestId = Text(row, 33),

            // A row without details still has the model that reports use.
            ModelRequested = requested ?? (served is null ? Name(row, 58) : null),
            ModelServed = served,
            Host = Name(row, 36),
            Location = Name(row, 37),
            IsStream = Number(row, 38) == 1,
            StreamEnd = (StreamEnd?)Number(row, 39),
            RefusalCategory = Name(row, 56),
            RetryAfter = Time(extra.RetryAfterUs),
            Usage = ReadUsage(row, extra),
            Estimate = ReadEstimate(row, extra),
            Cost = ReadCost(row, extra),
            Timing = ReadTiming(row),
            Transfer = ReadTransfer(row),
            Labels = ReadLabels(row),
            RateLimits = extra.ReadLimits(),
            Faults = extra.Faults ?? [],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _findString.Dispose();
        _findTags.Dispose();
        _findVersion.Dispose();
    }

    private static SqliteCommand Lookup(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add("$id", SqliteType.Integer);
        return command;
    }

    private static long? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static NanoUsd? Money(SqliteDataReader row, int column) => Number(row, column) is { } value ? new NanoUsd(value) : null;

    private static TimeSpan? Time(long? microseconds) =>
        microseconds is { } value ? TimeSpan.FromTicks(value * TimeSpan.TicksPerMicrosecond) : null;

    private static CallId? ReadId(SqliteDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[CallId.ByteCount];
        return row.GetBytes(column, 0, null, 0, 0) == CallId.ByteCount && row.GetFieldValue<byte[]>(column).AsSpan().TryCopyTo(bytes)
            ? CallId.FromBytes(bytes)
            : null;
    }

    private TokenUsage? ReadUsage(SqliteDataReader row, ExtraFields extra)
    {
        var usage = new TokenUsage
        {
            InputTokens = Number(row, 11),
            OutputTokens = Number(row, 12),
            ThinkingTokens = Number(row, 13),
            CacheReadInputTokens = Number(row, 14),
            CacheCreationInputTokens = Number(row, 15),
            CacheCreation5mInputTokens = Number(row, 16),
            CacheCreation1hInputTokens = Number(row, 17),
            WebSearchRequests = Number(row, 18),
            WebFetchRequests = extra.WebFetches,
            CodeExecutionRequests = extra.CodeExecutions,
            ServiceTier = Name(row, 53),
            Speed = Name(row, 54),
            InferenceGeo = Name(row, 55),
            FallbackCreditStatus = extra.FallbackCredit,
            Iterations = extra.Iterations ?? [],
        };
        return extra.EmptyUsage is not true && usage == new TokenUsage() ? null : usage;
    }

    private static TokenEstimate? ReadEstimate(SqliteDataReader row, ExtraFields extra)
    {
        var estimate = new TokenEstimate
        {
            InputTokens = Number(row, 52),
            OutputTokens = Number(row, 19),
            OutputTokensLow = extra.EstimatedOutputLow,
            OutputTokensHigh = extra.EstimatedOutputHigh,
            Tokenizer = extra.Tokenizer,
        };
        return extra.EmptyEstimate is not true && estimate == new TokenEstimate() ? null : estimate;
    }

    private CallCost ReadCost(SqliteDataReader row, ExtraFields extra) => new()
    {
        Basis = (CostBasis)row.GetInt32(20),
        ByClass = row.IsDBNull(21)
            ? null
            : new CostByClass(
                Money(row, 21) ?? default,
                Money(row, 22) ?? default,
                Money(row, 23) ?? default,
                Money(row, 24) ?? default,
                Money(row, 25) ?? default,
                Money(row, 26) ?? default),
        SavedByCache = Money(row, 27),
        PriceVersion = Cached(_versions, Number(row, 28), _findVersion),
        LowerBound = Money(row, 41),
        UpperBound = Money(row, 42),
        Marks = extra.Marks ?? [],
    };

    private static CallTiming ReadTiming(SqliteDataReader row) => new()
    {
        FirstContent = Time(Number(row, 29)),
        Total = Time(Number(row, 30)) ?? TimeSpan.Zero,
        Headers = Time(Number(row, 43)),
        FirstEvent = Time(Number(row, 44)),
        LongestGap = Time(Number(row, 45)),
    };

    private static TransferFacts ReadTransfer(SqliteDataReader row) => new()
    {
        RequestBytes = Number(row, 46),
        ResponseBytes = Number(row, 47) ?? 0,
        Events = Number(row, 48) ?? 0,
        Chunks = Number(row, 49) ?? 0,
        Pings = Number(row, 50) ?? 0,
        ContentBlocks = Number(row, 51) ?? 0,
    };

    private CallLabels ReadLabels(SqliteDataReader row) => new()
    {
        Session = Name(row, 6),
        Conversation = Name(row, 7),
        Turn = (int?)Number(row, 40),
        Tags = ReadTags(Number(row, 8)),
    };

    private IReadOnlyDictionary<string, string> ReadTags(long? id)
    {
        if (id is not { } key)
        {
            return CallLabels.None.Tags;
        }

        if (_tagSets.TryGetValue(key, out var known))
        {
            return known;
        }

        var tags = new SortedList<string, string>(StringComparer.Ordinal);
        using (var json = JsonDocument.Parse(Find(_findTags, key) ?? "{}"))
        {
            foreach (var tag in json.RootElement.EnumerateObject())
            {
                tags[tag.Name] = tag.Value.ToString();
            }
        }

        Remember(_tagSets, key, tags);
        return tags;
    }

    private string? Name(SqliteDataReader row, int column) => Cached(_strings, Number(row, column), _findString);

    private static string? Cached(Dictionary<long, string?> cache, long? id, SqliteCommand find)
    {
        if (id is not { } key)
        {
            return null;
        }

        if (!cache.TryGetValue(key, out var value))
        {
            value = Find(find, key);
            Remember(cache, key, value);
        }

        return value;
    }

    private static string? Find(SqliteCommand find, long id)
    {
        find.Parameters[0].Value = id;
        return find.ExecuteScalar() as string;
    }

    private static void Remember<T>(Dictionary<long, T> cache, long key, T value)
    {
        if (cache.Count >= MaxCached)
        {
            cache.Clear();
        }

        cache[key] = value;
    }
}
