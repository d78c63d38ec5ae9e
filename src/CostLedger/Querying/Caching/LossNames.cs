using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Caching.Scans;
using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Querying.Caching;

/// <summary>Puts names to losses.</summary>
internal sealed class LossNames : IDisposable
{
    // Of calls whose prompt begins with the same message; the index has them in the order of time. A counted prompt begins no conversation.
    private const string FirstOfThread = $"""
        SELECT f.id FROM call_prompts AS f CROSS JOIN calls AS c ON c.id = f.id
        WHERE f.thread = (SELECT p.thread FROM call_prompts AS p WHERE p.id = ?1) AND {Selection.Asks} ORDER BY f.id LIMIT 1
        """;

    private readonly StringTable _strings;
    private readonly Statement _first;

    public LossNames(LedgerConnection connection, StringTable strings)
    {
        _strings = strings;
        _first = connection.Prepare(FirstOfThread);
    }

    /// <summary>The loss with its names.</summary>
    public FoundBreak NameOf(FoundLoss loss) => new(
        loss.Id,
        loss.Provider,
        _strings[loss.Model],
        _strings[loss.Session],
        _strings[loss.Conversation] ?? FirstCallOf(loss.Id)?.ToString(),
        loss.Lost);

    /// <inheritdoc/>
    public void Dispose() => _first.Dispose();

    private CallId? FirstCallOf(CallId id)
    {
        Span<byte> key = stackalloc byte[CallId.ByteCount];
        id.WriteBytes(key);
        _first.Bind(1, key);
        CallId? first = _first.Step() && _first.Bytes(0) is { Length: CallId.ByteCount } found ? CallId.FromBytes(found) : null;
        _first.Reset();
        return first;
    }
}
