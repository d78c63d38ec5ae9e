using CostLedger.Records;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows.Tables;

/// <summary>Stores what was expected of calls in columns of its own, beside what the provider then counted.</summary>
internal sealed class EstimateWriter : IDisposable
{
    private const string PutSql = """
        INSERT OR REPLACE INTO call_estimates (
          model, id, actual, tokenizer, cold, input, input_low, input_high, tools, system, messages, tool_uses, tool_results,
          thinking, images, documents, overhead, expected_output, expected_output_low, expected_output_high, expected_cost,
          expected_cost_low, expected_cost_high, expected_cache_read)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
        """;

    private readonly NameTable _names;
    private readonly Statement _findModel;
    private readonly Statement _drop;
    private readonly Statement _put;

    public EstimateWriter(SqliteConnection connection, NameTable names)
    {
        _names = names;
        _findModel = new Statement(connection, "SELECT coalesce(model, 0) FROM calls WHERE id = ?1");
        _drop = new Statement(connection, "DELETE FROM call_estimates WHERE model = ?1 AND id = ?2");
        _put = new Statement(connection, PutSql);
    }

    /// <summary>Whether an estimate has columns of its own. What was only concluded from an answer that was cut off has none.</summary>
    public static bool HasColumns(TokenEstimate? estimate) => estimate is not null
        && (estimate.ColdInputTokens ?? estimate.InputTokensLow ?? estimate.ExpectedOutputTokens ?? estimate.ExpectedOutputTokensLow
            ?? estimate.ExpectedOutputTokensHigh ?? estimate.ExpectedCost?.Value ?? estimate.ExpectedCostLow?.Value
            ?? estimate.ExpectedCostHigh?.Value ?? estimate.ExpectedCacheReadTokens ?? estimate.Sources?.Tools) is not null;

    /// <summary>Stores a call's estimate, before the call's own row: the stored one may stand under another model.</summary>
    /// <returns>Whether the ledger has the call already.</returns>
    public bool Put(CallRecord record)
    {
        var hasColumns = HasColumns(record.Estimate);
        var model = _names.Id(record.Model) ?? 0;
        var isStored = DropStored(record.Id, exceptUnder: hasColumns ? model : null);
        if (hasColumns && record.Estimate is { } estimate)
        {
            _put.Bind(1, model);
            _put.Bind(2, record.Id);
            _put.Bind(3, ActualInput(record.Usage));
            _put.Bind(4, _names.Id(estimate.Tokenizer));
            _put.Bind(5, estimate.ColdInputTokens);
            _put.Bind(6, estimate.InputTokens);
            _put.Bind(7, estimate.InputTokensLow);
            _put.Bind(8, estimate.InputTokensHigh);
            BindSources(estimate.Sources);
            _put.Bind(18, estimate.ExpectedOutputTokens);
            _put.Bind(19, estimate.ExpectedOutputTokensLow);
            _put.Bind(20, estimate.ExpectedOutputTokensHigh);
            _put.Bind(21, estimate.ExpectedCost?.Value);
            _put.Bind(22, estimate.ExpectedCostLow?.Value);
            _put.Bind(23, estimate.ExpectedCostHigh?.Value);
            _put.Bind(24, estimate.ExpectedCacheReadTokens);
            _put.Run();
        }

        return isStored;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _findModel.Dispose();
        _drop.Dispose();
        _put.Dispose();
    }

    // What the provider's own tools bring in is counted as input, and so are further iterations; neither was in the request.
    private static long? ActualInput(TokenUsage? usage) =>
        usage is null || usage.Iterations.Count > 1 || usage.WebSearchRequests > 0 || usage.WebFetchRequests > 0 || usage.CodeExecutionRequests > 0
            ? null
            : usage.TotalInputTokens;

    private bool DropStored(CallId id, long? exceptUnder)
    {
        _findModel.Bind(1, id);
        var stored = _findModel.ReadNumber();
        if (stored is { } model && model != exceptUnder)
        {
            _drop.Bind(1, model);
            _drop.Bind(2, id);
            _drop.Run();
        }

        return stored is not null;
    }

    private void BindSources(InputBySource? sources)
    {
        _put.Bind(9, sources?.Tools);
        _put.Bind(10, sources?.System);
        _put.Bind(11, sources?.Messages);
        _put.Bind(12, sources?.ToolUses);
        _put.Bind(13, sources?.ToolResults);
        _put.Bind(14, sources?.Thinking);
        _put.Bind(15, sources?.Images);
        _put.Bind(16, sources?.Documents);
        _put.Bind(17, sources?.Overhead);
    }
}
