using CostLedger.Querying.Reading;
using CostLedger.Storage;

namespace CostLedger.Querying.Scanning;

/// <summary>Connections of which each sees the same state of the ledger, so that threads can share one question.</summary>
internal sealed class ReaderGroup : IDisposable
{
    // A commit that falls between the beginnings spoils them; with hundreds of commits a second a few attempts are enough.
    private const int Attempts = 20;

    private readonly List<LedgerConnection> _connections;
    private readonly List<Snapshot> _snapshots = [];

    private ReaderGroup(LedgerConnection main) => _connections = [main];

    public IReadOnlyList<LedgerConnection> Connections => _connections;

    /// <summary>Begins a snapshot on a connection, and on more connections to the same ledger.</summary>
    /// <param name="main">The connection; it is in no transaction.</param>
    /// <param name="helpers">How many more are wanted; none are there when the ledger is written too fast.</param>
    public static ReaderGroup Begin(LedgerConnection main, int helpers)
    {
        var group = new ReaderGroup(main);
        try
        {
            group.Begin(helpers);
            return group;
        }
        catch (LedgerException)
        {
            group.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        End();
        DropHelpers();
    }

    private void Begin(int helpers)
    {
        var main = _connections[0];
        for (var i = 0; i < helpers; i++)
        {
            _connections.Add(LedgerConnection.OpenForReading(main.Path));
        }

        for (var attempt = 0; _connections.Count > 1 && attempt < Attempts; attempt++)
        {
            if (TryBeginTogether(main))
            {
                return;
            }

            End();
        }

        DropHelpers();
        _snapshots.Add(main.BeginSnapshot());
    }

    // The main connection is asked before the first beginning and after the last, which is its own, whether anything was
    // committed. If not, all those between see what it sees.
    private bool TryBeginTogether(LedgerConnection main)
    {
        var before = main.Scalar("PRAGMA data_version");
        foreach (var helper in _connections.Skip(1))
        {
            _snapshots.Add(helper.BeginSnapshot());
        }

        _snapshots.Add(main.BeginSnapshot());
        return main.Scalar("PRAGMA data_version") == before;
    }

    private void End()
    {
        _snapshots.ForEach(snapshot => snapshot.Dispose());
        _snapshots.Clear();
    }

    private void DropHelpers()
    {
        foreach (var helper in _connections.Skip(1))
        {
            helper.Dispose();
        }

        _connections.RemoveRange(1, _connections.Count - 1);
    }
}
