using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Commands;

public sealed class PruneCommandTests
{
    private static readonly int[] DaysAgo = [1, 91, 200];

    [Fact]
    public async Task Calls_before_the_time_are_deleted_and_counted()
    {
        using var ledger = await SomeAsync();

        var output = ledger.Program().Output("prune", "--before", "90d", "--ledger", ledger.Path, "--format", "json");

        Assert.Equal("""{"pruned":[{"before":"2026-08-22T12:00:00Z","calls":2,"limit_minutes":0,"prompt_blocks":0}]}""" + "\n", output);
        Assert.Equal(1, Count(ledger.Path));
    }

    [Fact]
    public async Task A_dry_run_deletes_nothing()
    {
        using var ledger = await SomeAsync();

        var output = ledger.Program().Output("prune", "--before", "2026-08-23", "--dry-run", "--ledger", ledger.Path);

        Assert.Contains("What pruning would delete", output, StringComparison.Ordinal);
        Assert.Contains("calls before 2026-08-23 00:00", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was deleted", output, StringComparison.Ordinal);
        Assert.Equal(3, Count(ledger.Path));
    }

    [Fact]
    public async Task Where_nothing_is_old_it_says_so()
    {
        using var ledger = await SomeAsync();

        Assert.Contains("Nothing is that old.", ledger.Program().Output("prune", "--before", "365d", "--ledger", ledger.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("give --before TIME", "prune")]
    [InlineData("lies in the future", "prune", "--before", "2099-01-01")]
    [InlineData("is no time", "prune", "--before", "soon")]
    public void Without_a_past_time_nothing_is_done(string because, params string[] words)
    {
        var (code, output, errors) = new TestProgram(new FakeLedger([])).Run(words);

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.Contains(because, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_that_is_not_there_is_not_made()
    {
        var path = Path.Combine(Path.GetTempPath(), $"costreport-none-{Guid.NewGuid():N}.db");

        var (code, _, errors) = new TestProgram(new FakeLedger([])).Run("prune", "--before", "90d", "--ledger", path);

        Assert.Equal(ExitCode.NoLedger, code);
        Assert.Contains("There is no ledger", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    private static Task<WrittenLedger> SomeAsync() =>
        WrittenLedger.OfAsync(DaysAgo.Select(days => new CallRecord
        {
            Id = CallId.Create(Sample.Now.AddDays(-days), (UInt128)days),
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            Outcome = CallOutcome.Success,
            Cost = new CallCost { Basis = CostBasis.Unpriced },
        }));

    private static int Count(string path)
    {
        using var reader = LedgerReader.Open(path);
        return reader.Calls(new CallFilter()).Count();
    }
}
