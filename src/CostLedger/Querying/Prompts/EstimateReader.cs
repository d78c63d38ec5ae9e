using System.Globalization;
using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Querying.Prompts;

/// <summary>Reads what was estimated of calls that were measured. The table is clustered by model, then by time.</summary>
internal sealed class EstimateReader : IDisposable
{
    /// <summary>The columns of an estimate by source, for <see cref="ReadSources"/>.</summary>
    public const string SourceColumns = "e.tools, e.system, e.messages, e.tool_uses, e.tool_results, e.thinking, e.images, e.documents, e.overhead";

    private const string Columns = $"e.id, e.actual, e.input, e.input_low, e.input_high, e.cold, e.tokenizer, {SourceColumns}";

    private const string IsMeasured = "e.actual IS NOT NULL AND e.input IS NOT NULL AND length(e.id) = 16";

    private const int Sources = 7;

    // Behind the columns.
    private const int Output = 16;

    private readonly LedgerConnection _connection;
    private readonly StringTable _strings;

    public EstimateReader(LedgerConnection connection)
    {
        _connection = connection;
        _strings = new StringTable(connection);
    }

    /// <summary>The estimates of a selection of calls.</summary>
    public IEnumerable<EstimatedCall> Read(Selection selection)
    {
        // Only conditions beyond the period need the calls themselves.
        var isSimple = selection.Conditions.Length == 0;
        var calls = isSimple ? "" : "CROSS JOIN calls AS c ON c.id = e.id";
        var range = "e.id >= ?1 AND e.id < ?2" + selection.Conditions;
        foreach (var model in ReadModels())
        {
            var name = _strings[model];
            using var rows = _connection.Prepare(string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT {Columns} FROM call_estimates AS e {calls} WHERE e.model = {model} AND {range} AND {IsMeasured} ORDER BY e.id"));
            selection.BindTo(rows);
            while (rows.Step())
            {
                yield return ReadRow(rows, name);
            }
        }
    }

    /// <summary>The last estimates of each model.</summary>
    public List<EstimatedCall> ReadLast(int perModel)
    {
        using var rows = _connection.Prepare(
            $"SELECT {Columns}, (SELECT c.output_tokens FROM calls AS c WHERE c.id = e.id) FROM call_estimates AS e WHERE e.model = ?1 AND {IsMeasured} ORDER BY e.id DESC LIMIT ?2");
        var calls = new List<EstimatedCall>();
        foreach (var model in ReadModels())
        {
            var name = _strings[model];
            var first = calls.Count;
            rows.Bind(1, model);
            rows.Bind(2, perModel);
            while (rows.Step())
            {
                calls.Add(ReadRow(rows, name) with { OutputTokens = rows.Number(Output) });
            }

            rows.Reset();
            calls.Reverse(first, calls.Count - first);
        }

        return calls;
    }

    /// <summary>An estimate by source; null where it was not told apart.</summary>
    /// <param name="row">A row with <see cref="SourceColumns"/>.</param>
    /// <param name="first">The first of them.</param>
    public static InputBySource? ReadSources(Statement row, int first) => row.IsNull(first) ? null : new InputBySource
    {
        Tools = row.Int64(first),
        System = row.Int64(first + 1),
        Messages = row.Int64(first + 2),
        ToolUses = row.Int64(first + 3),
        ToolResults = row.Int64(first + 4),
        Thinking = row.Int64(first + 5),
        Images = row.Int64(first + 6),
        Documents = row.Int64(first + 7),
        Overhead = row.Int64(first + 8),
    };

    /// <inheritdoc/>
    public void Dispose() => _strings.Dispose();

    // From each model to the next by the key alone.
    private List<long> ReadModels()
    {
        using var next = _connection.Prepare("SELECT model FROM call_estimates WHERE model > ?1 ORDER BY model LIMIT 1");
        var models = new List<long>();
        next.Bind(1, -1);
        while (next.Step())
        {
            models.Add(next.Int64(0));
            next.Reset();
            next.Bind(1, models[^1]);
        }

        return models;
    }

    private EstimatedCall ReadRow(Statement row, string? model) => new()
    {
        Id = CallId.FromBytes(row.Bytes(0)),
        Model = model,
        Actual = row.Int64(1),
        Estimate = row.Int64(2),
        Low = row.Number(3),
        High = row.Number(4),
        Cold = row.Number(5),
        Tokenizer = _strings[row.Int64(6)],
        Sources = ReadSources(row, Sources),
    };
}
