using System.Collections.Concurrent;
using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using MessagesSimulator.Corpus;
using Telemetry.Handler;
using Telemetry.Handler.Prompting;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Corpus;

/// <summary>
/// What is known of the provider's cache survives restarts and is shared by processes, through the ledger. Each of these handlers has a
/// ledger object of its own, and with it a memory of its own, as in a process of its own.
/// </summary>
[Collection(ObservedCalls.Name)]
public sealed class CacheMemoryTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-memory-");
    private readonly ConcurrentDictionary<CallId, CallExpectation> _expected = new();
    private readonly List<SqliteLedger> _ledgers = [];
    private CorpusServer _server = null!;
    private TimeProvider? _time;

    private string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public async ValueTask InitializeAsync() => _server = await CorpusServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        foreach (var ledger in _ledgers)
        {
            await ledger.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task After_a_restart_a_conversation_is_known()
    {
        var one = Longest();
        var before = NewProcess();
        await PlayAsync(one.Requests.SkipLast(1), _ => before);
        await before.DisposeAsync();

        var after = NewProcess();
        await PlayAsync(one.Requests.TakeLast(1), _ => after);

        var rows = Rows();
        Assert.True(rows[^1].Usage!.CacheReadInputTokens > 0);
        Assert.Equal(rows[^2].Id, _expected[rows[^1].Id].Cache!.Previous);
        Assert.Equal(rows[^1].Usage!.CacheReadInputTokens, _expected[rows[^1].Id].Cache!.ReadTokens);
        Assert.Null(rows[^1].CacheBreak);
    }

    [Fact]
    public async Task A_break_of_what_another_process_had_begun_is_told_with_its_reason()
    {
        var one = MutationCorpus.Disturbed().First(one => one.Mutation == "answer_reworded" && one.Requests.Count > 2);
        var (first, second) = (NewProcess(), NewProcess());
        await PlayAsync(one.Requests.SkipLast(1), _ => first);

        await PlayAsync(one.Requests.TakeLast(1), _ => second);

        Assert.Equal(one.Label.Reason, Rows()[^1].CacheBreak?.Reason);
        Assert.Equal(one.Label.LostTokens, Rows()[^1].CacheBreak?.TokensLost);
    }

    [Fact]
    public async Task Two_processes_that_take_turns_in_a_conversation_know_of_each_other()
    {
        var both = new[] { NewProcess(), NewProcess() };
        await PlayAsync(Longest().Requests, number => both[number % 2]);

        var rows = Rows();
        Assert.All(rows, row => Assert.Null(row.CacheBreak));
        Assert.All(rows.Skip(1).Zip(rows), pair => Assert.Equal(pair.Second.Id, _expected[pair.First.Id].Cache!.Previous));
        Assert.All(rows.Skip(1), row => Assert.Equal(row.Usage!.CacheReadInputTokens, _expected[row.Id].Cache!.ReadTokens));
    }

    [Fact]
    public async Task With_a_new_key_nothing_is_comparable_and_no_break_is_told()
    {
        var one = Longest();
        var before = NewProcess();
        await PlayAsync(one.Requests.SkipLast(1), _ => before);
        await before.DisposeAsync();
        File.Delete(LedgerPath + ".key");

        var after = NewProcess();
        await PlayAsync(one.Requests.TakeLast(1), _ => after);

        var last = Rows()[^1];
        Assert.Null(_expected[last.Id].Cache!.Previous);
        Assert.Null(last.CacheBreak);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_ledger_that_is_pruned_in_the_middle_of_a_conversation_tells_no_break(bool isAllPruned, bool isRestarted)
    {
        var one = Longest();
        var before = NewProcess();
        await PlayAsync(one.Requests.SkipLast(4), _ => before);
        var bound = isAllPruned ? _server.Clock.GetUtcNow() + TimeSpan.FromSeconds(1) : Rows()[^1].StartedAt;
        var pruned = await before.PruneAsync(bound, TestContext.Current.CancellationToken);
        if (isRestarted)
        {
            await before.DisposeAsync();
        }

        var after = isRestarted ? NewProcess() : before;
        await PlayAsync(one.Requests.TakeLast(4), _ => after);

        var rows = Rows();
        Assert.Equal(one.Requests.Count - 4 - (isAllPruned ? 0 : 1), pruned.Calls);
        Assert.Equal(one.Requests.Count - pruned.Calls, rows.Count);
        Assert.All(rows, row => Assert.Null(row.CacheBreak));

        // The first after it may know of nothing; the later ones know of the first.
        Assert.All(rows.TakeLast(3), row => Assert.Equal(row.Usage!.CacheReadInputTokens, _expected[row.Id].Cache!.ReadTokens));
        Assert.Equal(0, after.Statistics.Lost);
    }

    [Theory]
    [InlineData(-24 * 60)]
    [InlineData(-1)]
    [InlineData(61)]
    [InlineData(24 * 60)]
    public async Task A_calendar_that_is_set_between_two_turns_tells_no_break(int minutes)
    {
        var one = Longest();
        var ledger = NewProcess();
        var calendar = new SetCalendar(_server.Clock);
        _time = calendar;
        await PlayAsync(one.Requests.SkipLast(2), _ => ledger);

        calendar.Set += TimeSpan.FromMinutes(minutes);
        await PlayAsync(one.Requests.TakeLast(2), _ => ledger);

        using var reader = LedgerReader.Open(LedgerPath);
        var rows = reader.Calls(new CallFilter()).ToList();
        Assert.Equal(one.Requests.Count, rows.Count);
        Assert.All(rows, row => Assert.Null(row.CacheBreak));
        Assert.All(rows, row => Assert.Equal(row.Usage!.CacheReadInputTokens, _expected[row.Id].Cache!.ReadTokens));
    }

    private static CorpusCase Longest() =>
        MutationCorpus.Undisturbed(400, seed: 3).First(one => one.Requests.Count >= 8 && one.Requests.All(request => request.MarkedTokens > 0));

    // Twenty seconds between the requests: nothing expires.
    private async Task PlayAsync(IEnumerable<CorpusRequest> requests, Func<int, SqliteLedger> process)
    {
        var number = 0;
        foreach (var request in requests)
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(20));
            var ledger = process(number++);
            await _server.SendAsync(request, inner => new MessagesTelemetryHandler(new MessagesTelemetryOptions
            {
                Ledger = ledger,
                TimeProvider = _time ?? _server.Clock,
                EstimateBeforeSend = true,
                OnEstimate = expected => _expected[expected.Id] = expected,
            })
            {
                InnerHandler = inner,
            });
        }
    }

    private SqliteLedger NewProcess()
    {
        var ledger = PatientLedger.Open(LedgerPath);
        _ledgers.Add(ledger);
        return ledger;
    }

    private List<CallRecord> Rows()
    {
        using var reader = LedgerReader.Open(LedgerPath);
        return [.. reader.Calls(new CallFilter()).OrderBy(call => call.StartedAt)];
    }

    /// <summary>The same time, by a calendar that somebody set.</summary>
    private sealed class SetCalendar(TimeProvider time) : TimeProvider
    {
        public TimeSpan Set { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Set;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
