using CostLedger;
using CostLedger.Pricing;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Prompting.Caches;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting;

/// <summary>What was learned outlives the process: a new one begins with what the ledger knows.</summary>
public sealed class SeedingTests : IDisposable
{
    private const int Calls = 30;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seeding-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task A_new_process_begins_with_what_the_ledger_knows()
    {
        var (cold, learned) = await LearnAsync(LedgerPath);
        Assert.True(learned.InputTokens > cold.InputTokens + 100, $"{cold.InputTokens} before, {learned.InputTokens} after");

        // The hidden 200 tokens are expected from the first call on, and so is the length of the answer.
        var first = await FirstAfterRestartAsync(LedgerPath);

        Assert.InRange(first.InputTokens, learned.InputTokens - 10, learned.InputTokens + 10);
        Assert.Equal((null, 70), (cold.OutputTokens, first.OutputTokens));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_one_ledger_taught_is_not_known_of_another()
    {
        var (cold, _) = await LearnAsync(LedgerPath);

        var other = await FirstAfterRestartAsync(Path.Combine(_folder.FullName, "other.db"));

        Assert.Equal((cold.InputTokens, null), (other.InputTokens, other.OutputTokens));
    }

    [Fact(Timeout = 60_000)]
    public async Task Handlers_of_one_ledger_share_what_they_learned()
    {
        await using var ledger = PatientLedger.Open(LedgerPath);
        var (_, learned) = await LearnAsync(ledger);

        var second = await AskAsync(ledger, 0);

        Assert.InRange(second.InputTokens, learned.InputTokens - 10, learned.InputTokens + 10);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("no ledger any more")]
    [InlineData("an empty file")]
    [InlineData("no database")]
    [InlineData("half a database")]
    public async Task A_ledger_that_cannot_be_read_teaches_nothing_and_harms_nothing(string damage)
    {
        await LearnAsync(LedgerPath);
        var watch = new PromptWatch(new Lazy<byte[]>(new byte[32]), counter: null, 1_000_000, TimeProvider.System, new CacheWatch(new CacheOptions(), PriceBook.Default, static () => null, TimeProvider.System));
        var path = Damage(damage);

        var failures = OwnFailures.At("learn from ledger");
        PromptWatches.Prepare(watch, path);

        // Other tests' handlers count there, too.
        Assert.True(watch is { IsWarm: true, IsPrepared: true });
        Assert.True(damage is "no ledger any more" || OwnFailures.At("learn from ledger") > failures);
    }

    private string Damage(string damage)
    {
        var path = Path.Combine(_folder.FullName, "damaged.db");
        switch (damage)
        {
            case "an empty file":
                File.WriteAllBytes(path, []);
                break;
            case "no database":
                File.WriteAllText(path, new string('?', 10_000));
                break;
            case "half a database":
                File.WriteAllBytes(path, File.ReadAllBytes(LedgerPath)[..(int)(new FileInfo(LedgerPath).Length / 2)]);
                break;
        }

        return path;
    }

    private static async Task<(CallExpectation Cold, CallExpectation Learned)> LearnAsync(string path)
    {
        await using var ledger = PatientLedger.Open(path);
        return await LearnAsync(ledger);
    }

    // A gateway puts 200 tokens before each prompt.
    private static async Task<(CallExpectation Cold, CallExpectation Learned)> LearnAsync(SqliteLedger ledger)
    {
        CallExpectation? cold = null;
        for (var i = 1; i <= Calls; i++)
        {
            var told = await AskAsync(ledger, i);
            cold ??= told;
        }

        // Learning is done beside the answers.
        CallExpectation learned;
        do
        {
            learned = await AskAsync(ledger, 0);
        }
        while (learned.OutputTokens is null || learned.InputTokens < cold!.InputTokens + 100);
        return (cold, learned);
    }

    private static async Task<CallExpectation> FirstAfterRestartAsync(string path)
    {
        await using var ledger = PatientLedger.Open(path);
        var options = new MessagesTelemetryOptions { Ledger = ledger };
        var watch = PromptWatches.Of(ledger, new Lazy<byte[]>(new byte[32]), PriceBook.Default, options);
        while (!watch.IsPrepared)
        {
            await Task.Yield();
            Token.ThrowIfCancellationRequested();
        }

        return await AskAsync(ledger, 0);
    }

    private static async Task<CallExpectation> AskAsync(SqliteLedger ledger, int number)
    {
        CallExpectation? told = null;
        using var handler = new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = ledger, OnEstimate = e => told = e, EstimateBeforeSend = true })
        {
            InnerHandler = new Provider { InputTokens = 200 + Cold(number), OutputTokens = 70 },
        };
        using var http = new HttpClient(handler);
        using var request = Provider.Post(Provider.Ask(Question(number)));
        using var response = await http.SendAsync(request, Token);
        return told!;
    }

    private static string Question(int number) => $"What comes after {number} in the series that begins with one and ends with a thousand?";

    // What such a question takes by itself.
    private static int Cold(int number) => 29 + (number < 0 ? 1 : 0);
}
