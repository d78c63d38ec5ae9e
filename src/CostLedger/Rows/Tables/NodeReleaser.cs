using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows.Tables;

/// <summary>Gives up nodes of prompts: a node that nothing needs any more is deleted, and its parent is given up in turn.</summary>
internal sealed class NodeReleaser : IDisposable
{
    private readonly Statement _release;
    private readonly Statement _delete;

    public NodeReleaser(SqliteConnection connection)
    {
        _release = new Statement(connection, "UPDATE prompt_nodes SET refs = refs - 1 WHERE id = ?1 RETURNING refs");
        _delete = new Statement(connection, "DELETE FROM prompt_nodes WHERE id = ?1 RETURNING coalesce(parent, 0)");
    }

    /// <summary>Takes one reference from a node.</summary>
    /// <returns>How many nodes were deleted.</returns>
    public int Release(long node)
    {
        var deleted = 0;
        while (node != 0 && IsLast(node))
        {
            _delete.Bind(1, node);
            node = _delete.ReadNumber() ?? 0;
            deleted++;
        }

        return deleted;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _release.Dispose();
        _delete.Dispose();
    }

    private bool IsLast(long node)
    {
        _release.Bind(1, node);
        return _release.ReadNumber() is <= 0;
    }
}
