using CostLedger.Records;
using CostLedger.Writing;

namespace CostLedger;

/// <summary>A durable ledger in one SQLite file, shared by any number of processes.</summary>
public sealed class SqliteLedger : ICallLedger, IAsyncDisposable
{
    /// <summary>The default ledger's path: <c>$COSTLEDGER_PATH</c>, else <c>costledger/ledger.db</c> in the local application data.</summary>
    public static string DefaultPath => throw new NotSupportedException();

    /// <summary>The ledger's file.</summary>
    public string Path => throw new NotSupportedException();

    /// <summary>Opens a ledger, creating or migrating it, and takes in what an earlier process left behind.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The ledger.</returns>
    /// <exception cref="CostLedger.Storage.LedgerException">It cannot be opened; the message says what to do.</exception>
    public static SqliteLedger Open(string path) => Open(path, new SqliteLedgerOptions());

    /// <summary>Opens a ledger, creating or migrating it, and takes in what an earlier process left behind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options.</param>
    /// <returns>The ledger.</returns>
    /// <exception cref="CostLedger.Storage.LedgerException">It cannot be opened; the message says what to do.</exception>
    public static SqliteLedger Open(string path, SqliteLedgerOptions options) => throw new NotSupportedException();

    /// <inheritdoc/>
    public CallTicket Begin(CallRecord started) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Update(CallTicket ticket, CallRecord soFar) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> WriteAsync(CallRecord record, CallTicket ticket) => throw new NotSupportedException();

    /// <inheritdoc/>
    public WriteOutcome Write(CallRecord record, CallTicket ticket) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
