using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Querying;

/// <summary>Turns a filter into SQL over small integers: names are looked up once, not compared row by row.</summary>
internal sealed class FilterCompiler
{
    private readonly LedgerConnection _connection;
    private readonly StringBuilder _conditions = new();
    private readonly List<SqlValue> _values = [];

    private FilterCompiler(LedgerConnection connection) => _connection = connection;

    /// <summary>Compiles a filter.</summary>
    /// <exception cref="ArgumentException">A status is none.</exception>
    public static Selection Compile(LedgerConnection connection, CallFilter filter)
    {
        var compiler = new FilterCompiler(connection);
        compiler.AddIds("c.provider", filter.Providers.Select(provider => (long)provider), filter.Providers.Count);
        compiler.AddIds("c.session", compiler.FindStrings(filter.Sessions), filter.Sessions.Count);
        compiler.AddConversations(filter);
        compiler.AddTags(filter.Tags);
        compiler.AddStatuses(filter.Statuses);
        compiler.AddModels(filter.Models);
        if (filter.OnlyCacheBreaks)
        {
            compiler._conditions.Append(" AND EXISTS (SELECT 1 FROM cache_breaks AS lost WHERE lost.id = c.id AND lost.is_missed = 0)");
        }

        var (low, high) = RangeOf(filter);
        return new Selection(low, high, compiler._conditions.ToString(), compiler._values);
    }

    /// <summary>The keys that a filter's period can have.</summary>
    public static (CallId Low, CallId High) RangeOf(CallFilter filter)
    {
        var low = filter.Since is { } since ? CallId.FirstAt(Ceiling(since)) : default;
        var high = filter.Until is { } until ? CallId.FirstAt(Ceiling(until)) : Selection.End;
        return (low, high < low ? low : high);
    }

    // Keys count whole microseconds: a bound within one leaves that one out at the start and takes it in at the end.
    private static DateTimeOffset Ceiling(DateTimeOffset time)
    {
        var rest = time.UtcTicks % TimeSpan.TicksPerMicrosecond;
        return rest == 0 || time.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerMicrosecond
            ? time
            : time.AddTicks(TimeSpan.TicksPerMicrosecond - rest);
    }

    private void AddIds(string column, IEnumerable<long> ids, int wanted)
    {
        if (wanted > 0)
        {
            _conditions.Append(CultureInfo.InvariantCulture, $" AND {column} IN {ListOf(ids)}");
        }
    }

    private void AddConversations(CallFilter filter)
    {
        if (filter.ConversationCalls.Count == 0)
        {
            AddIds("c.conversation", FindStrings(filter.Conversations), filter.Conversations.Count);
            return;
        }

        var names = ListOf(FindStrings(filter.Conversations));
        _values.Add($"[{string.Join(',', filter.ConversationCalls.Select(call => $"\"{call.Value:X32}\""))}]");
        _conditions.Append(CultureInfo.InvariantCulture, $" AND (c.conversation IN {names} OR hex(c.id) IN (SELECT value FROM json_each(?{_values.Count + 2})))");
    }

    // One placeholder for any number of ids: SQLite reads the list once. Written here, since a serializer's own start takes longer
    // than many a question.
    private string ListOf(IEnumerable<long> ids)
    {
        var json = new StringBuilder("[");
        foreach (var id in ids)
        {
            json.Append(json.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"{id}");
        }

        _values.Add(json.Append(']').ToString());
        return string.Create(CultureInfo.InvariantCulture, $"(SELECT value FROM json_each(?{_values.Count + 2}))");
    }

    private List<long> FindStrings(IReadOnlyList<string> wanted)
    {
        var ids = new List<long>();
        if (wanted.Count == 0)
        {
            return ids;
        }

        using var find = _connection.Prepare("SELECT id FROM strings WHERE value = ?1");
        // The writer bounds texts; who asks for a longer one means what became of it.
        foreach (var value in wanted.Concat(wanted.Select(Storage.Statement.Clean)).Distinct(StringComparer.Ordinal))
        {
            find.Bind(1, value);
            if (find.Step())
            {
                ids.Add(find.Int64(0));
            }

            find.Reset();
        }

        return ids;
    }

    private void AddTags(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (tags.Count > 0)
        {
            using var sets = new TagSets(_connection);
            AddIds("c.tag_set", sets.Having(tags).Concat(sets.Having([.. tags.Select(tag => KeyValuePair.Create(Storage.Statement.Clean(tag.Key), Storage.Statement.Clean(tag.Value)))])), tags.Count);
        }
    }

    private void AddStatuses(IReadOnlyList<string> statuses)
    {
        if (statuses.Count > 0)
        {
            _conditions.Append(" AND (").AppendJoin(" OR ", statuses.Select(StatusCondition)).Append(')');
        }
    }

    private static string StatusCondition(string status)
    {
        const int ClassSize = 100;
        var text = status.ToLowerInvariant();
        if (EnumNames.FindOutcome(text) is { } outcome)
        {
            return string.Create(CultureInfo.InvariantCulture, $"c.outcome = {(int)outcome}");
        }

        if (text is [>= '1' and <= '9', 'x', 'x'])
        {
            var first = (text[0] - '0') * ClassSize;
            return string.Create(CultureInfo.InvariantCulture, $"c.http_status BETWEEN {first} AND {first + ClassSize - 1}");
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? string.Create(CultureInfo.InvariantCulture, $"c.http_status = {code}")
            : throw new ArgumentException(
                $"'{status}' is no status; use an outcome (success, error, canceled, timeout, truncated, refused, interrupted), a code (429) or a class (5xx).",
                nameof(status));
    }

    private void AddModels(IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0)
        {
            return;
        }

        var list = ListOf(FindModels(patterns));
        _conditions.Append(CultureInfo.InvariantCulture, $" AND (c.model IN {list} OR (SELECT d.model_requested FROM call_details AS d WHERE d.id = c.id) IN {list})");
    }

    private List<long> FindModels(IReadOnlyList<string> patterns)
    {
        using var all = _connection.Prepare("SELECT id, value FROM strings");
        var ids = new List<long>();
        while (all.Step())
        {
            if (all.Text(1) is { } name && patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true)))
            {
                ids.Add(all.Int64(0));
            }
        }

        return ids;
    }
}
