using CostLedger.Querying;
using Telemetry.Handler.Tests.Handler;
using Xunit;

namespace Telemetry.Handler.Tests.Batches.Results;

/// <summary>What a batch of the largest size costs.</summary>
[Collection(LargeFiles.Name)]
public sealed class LargeFileTests
{
    [Fact]
    public async Task A_hundred_thousand_results_stay_in_bounded_memory()
    {
        var token = TestContext.Current.CancellationToken;
        const int Count = 100_000;
        const long MostBytes = 12 << 20;
        await using var client = new ObservedClient(new BatchServer().On("GET /v1/messages/batches/msgbatch_large/results", () => new GeneratedResults(Count)));
        using var response = await client.Http.GetAsync("https://api.anthropic.com/v1/messages/batches/msgbatch_large/results", HttpCompletionOption.ResponseHeadersRead, token);
        await using var stream = await response.Content.ReadAsStreamAsync(token);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, reads) = (0L, 0);
        var buffer = new byte[16 * 1024];

        while (await stream.ReadAsync(buffer, token) > 0)
        {
            if (++reads % (Count / 10) == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        // A commit that is slow leaves rows in the spool, which closing writes.
        await client.Ledger.DisposeAsync();
        Assert.InRange(most, 1, MostBytes);
        using var reader = LedgerReader.Open(client.LedgerPath);
        Assert.Equal(Count + 1, reader.Calls(new CallFilter()).Count());
        Assert.Equal(0, client.Ledger.Statistics.Lost);
    }
}
