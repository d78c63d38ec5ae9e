using CostLedger.Records;
using CostLedger.Rows;
using Xunit;

namespace CostLedger.Tests.Storage;

/// <summary>The tree of prompts in a test's ledger.</summary>
internal static class PromptTrees
{
    /// <summary>Every node is referred to as often as it says, and none is left over.</summary>
    public static void AssertSound(LedgerFolder folder)
    {
        Assert.Equal(0, folder.Number("""
            SELECT count(*) FROM prompt_nodes AS n WHERE refs <> (SELECT count(*) FROM prompt_nodes AS c WHERE c.parent = n.id)
              + (SELECT count(*) FROM call_prompts AS p WHERE p.leaf = n.id)
            """));
        Assert.Equal(0, folder.Number("SELECT count(*) FROM prompt_nodes WHERE refs < 1"));
        Assert.Equal(0, folder.Number("SELECT count(*) FROM call_prompts WHERE leaf NOT IN (SELECT id FROM prompt_nodes)"));
        Assert.Equal(0, folder.Number("SELECT count(*) FROM prompt_nodes WHERE parent IS NOT NULL AND parent NOT IN (SELECT id FROM prompt_nodes)"));
        Assert.Equal(0, folder.Number("SELECT count(*) FROM prompt_threads WHERE id NOT IN (SELECT thread FROM call_prompts WHERE thread IS NOT NULL)"));
    }

    public static void Store(LedgerFolder folder, IEnumerable<CallRecord> records)
    {
        using var store = LedgerStore.Open(folder.Ledger, survivePowerLoss: false, TimeProvider.System, Assert.Fail);
        Assert.True(store.TryBegin());
        foreach (var record in records)
        {
            store.Put(record, 1);
        }

        store.Commit();
    }
}
