using System.Text.Json;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Prices;
using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Repricing;
using CostLedger.Storage;
using CostLedger.Tests.Querying;
using Xunit;

namespace CostLedger.Tests.Repricing;

public sealed class RepricerTests
{
    private const string Old = "2026-09-01-aaaa";
    private const string New = "2026-11-01-cccc";
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_dry_run_tells_what_would_change_and_writes_nothing()
    {
        using var ledger = TestLedger.With(Priced(50, Old, nano: 10));
        ledger.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var before = File.ReadAllBytes(ledger.Path);

        var report = Repricer(ledger, By(New, 30), earlier: By(Old, 10)).DryRun(new CallFilter());

        var group = Assert.Single(report.Groups);
        Assert.Equal(("claude-opus-5", RepriceCause.PriceChanged, 50L), (group.Model, group.Cause, group.Attempts));
        Assert.Equal((new NanoUsd(500), new NanoUsd(1500)), (group.Before, group.After));
        Assert.Equal((50L, 0L), (report.Changed, report.Written));
        Assert.Equal(New, report.PriceVersion);
        Assert.Equal(before, File.ReadAllBytes(ledger.Path));
        Assert.Equal(0, new FileInfo(ledger.Path + "-wal").Length);
    }

    [Fact]
    public void The_first_three_of_a_group_are_its_examples()
    {
        var records = Priced(9, Old, nano: 10);
        using var ledger = TestLedger.With(records);

        var examples = Assert.Single(Repricer(ledger, By(New, 30), By(Old, 10)).DryRun(new CallFilter()).Groups).Examples;

        Assert.Equal(records.Take(3).Select(r => r.Id), examples.Select(e => e.Id));
        Assert.All(examples, e => Assert.Equal((new NanoUsd(10), new NanoUsd(30), "because"), (e.Before.Total!.Value, e.After.Total!.Value, e.Reason)));
    }

    [Theory]
    [InlineData(10, 10, true, RepriceCause.Same)]
    [InlineData(30, 10, true, RepriceCause.PriceChanged)]
    [InlineData(30, 30, true, RepriceCause.CalculationChanged)]
    [InlineData(30, 0, false, RepriceCause.PriceListMissing)]
    public void Changes_have_a_cause(long now, long then, bool isListThere, RepriceCause cause)
    {
        using var ledger = TestLedger.With(Priced(1, Old, nano: 10));

        var report = Repricer(ledger, By(New, now), isListThere ? By(Old, then) : null).DryRun(new CallFilter());

        Assert.Equal(cause, Assert.Single(report.Groups).Cause);
        Assert.Equal(cause == RepriceCause.Same ? 0 : 1, report.Changed);
    }

    [Fact]
    public void Another_cost_by_the_same_list_is_a_changed_calculation()
    {
        using var ledger = TestLedger.With(Priced(1, New, nano: 10));

        Assert.Equal(RepriceCause.CalculationChanged, Assert.Single(Repricer(ledger, By(New, 11), null).DryRun(new CallFilter()).Groups).Cause);
    }

    [Fact]
    public void Getting_and_losing_a_price_are_causes_of_their_own()
    {
        var unpriced = new CallCost { Basis = CostBasis.Unpriced, PriceVersion = Old };
        var records = Priced(2, Old, nano: 10);
        using var ledger = TestLedger.With([records[0], records[1] with { Cost = unpriced }]);
        CostBreakdown Swap(CallRecord r) => r.Cost.Basis == CostBasis.Unpriced ? By(New, 7)(r) : new CostBreakdown(unpriced, [], "no price", []);

        var report = Repricer(ledger, Swap, null).Apply(new CallFilter());

        Assert.Equal([RepriceCause.NowUnpriced, RepriceCause.WasUnpriced], report.Groups.Select(g => g.Cause));
        Assert.Equal([(10L, 0L), (0L, 7L)], report.Groups.Select(g => (g.Before.Value, g.After.Value)));
        using var reader = ledger.Read();
        Assert.Equal([CostBasis.Unpriced, CostBasis.Measured], reader.Calls(new CallFilter()).Select(r => r.Cost.Basis));
        Assert.Equal(new NanoUsd(7), reader.Usage(new CallFilter(), [], TimeZoneInfo.Utc).Totals.Cost.Total);
    }

    [Fact]
    public void Applying_writes_the_cost_its_bounds_notes_and_list_and_nothing_else()
    {
        var records = new SomeCalls(40).Between(Start, Start.AddDays(30), 1300);
        using var ledger = TestLedger.With(records);
        var cost = Cost(New, 77) with { Basis = CostBasis.Estimated, LowerBound = new(1), UpperBound = new(99), Marks = [CostMarks.OutputEstimated] };

        var report = Repricer(ledger, _ => new CostBreakdown(cost, [], null, []), null).Apply(new CallFilter());

        Assert.Equal((1300L, 1300L, 0L), (report.Attempts, report.Written, report.Overtaken));
        using var reader = ledger.Read();
        Assert.Equal(records.Select(r => Text(r with { Cost = cost })), reader.Calls(new CallFilter()).Select(Text), StringComparer.Ordinal);
        Assert.Equal(New, Assert.Single(reader.Usage(new CallFilter(), [], TimeZoneInfo.Utc).PriceVersions));
    }

    [Fact]
    public void Applying_twice_changes_nothing_more()
    {
        using var ledger = TestLedger.With(new SomeCalls(41).Between(Start, Start.AddDays(30), 700));
        var repricer = Repricer(ledger, By(New, 5), null);

        var first = repricer.Apply(new CallFilter());
        var second = repricer.Apply(new CallFilter());

        Assert.Equal(700, first.Written);
        Assert.Equal((700L, 0L, 0L), (second.Attempts, second.Changed, second.Written));
        Assert.All(second.Groups, group => Assert.Equal(RepriceCause.Same, group.Cause));
    }

    [Fact]
    public void Only_attempts_of_the_filter_are_repriced()
    {
        using var ledger = TestLedger.With(Priced(20, Old, nano: 10));
        var filter = new CallFilter { Since = Start.AddMinutes(5), Until = Start.AddMinutes(8) };

        Assert.Equal(3, Repricer(ledger, By(New, 30), null).Apply(filter).Written);
        Assert.Equal(3, ledger.Count("SELECT count(*) FROM calls WHERE cost_input = 30"));
        Assert.Equal(0, Repricer(ledger, By(New, 30), null).Apply(new CallFilter { Models = ["nobody"] }).Attempts);
    }

    [Fact]
    public void What_cannot_be_read_is_counted_named_and_left_alone()
    {
        var records = Priced(4, Old, nano: 10);
        using var ledger = TestLedger.With(records);
        ledger.Execute($"UPDATE call_details SET extra = '{{' WHERE id = x'{Convert.ToHexString(TestLedger.Key(records[2].Id))}'");
        ledger.Execute("INSERT INTO calls (id, attempt, provider, operation, outcome, cost_basis, duration_us) VALUES (x'00FF', 1, 1, 1, 1, 3, 0)");

        var report = Repricer(ledger, By(New, 30), null).Apply(new CallFilter());

        Assert.Equal((4L, 3L, 1L), (report.Attempts, report.Written, report.Unreadable));
        Assert.Equal(records[2].Id, Assert.Single(report.UnreadableIds));
        Assert.Equal(1, ledger.Count("SELECT count(*) FROM calls WHERE cost_input = 10"));
    }

    [Fact]
    public void Interrupted_half_way_every_attempt_has_its_old_or_its_new_cost()
    {
        using var ledger = TestLedger.With(Priced(1700, Old, nano: 10));
        var left = 1200;
        CostBreakdown Fail(CallRecord r) => left-- > 0 ? By(New, 30)(r) : throw new InvalidOperationException("the power went off");

        Assert.Throws<InvalidOperationException>(() => Repricer(ledger, Fail, null).Apply(new CallFilter()));

        Assert.Equal(1000, ledger.Count("SELECT count(*) FROM calls WHERE cost_input = 30 AND price_book = (SELECT id FROM price_books WHERE version = '" + New + "')"));
        Assert.Equal(700, ledger.Count("SELECT count(*) FROM calls WHERE cost_input = 10 AND price_book = (SELECT id FROM price_books WHERE version = '" + Old + "')"));
        Assert.Equal(700, Repricer(ledger, By(New, 30), null).Apply(new CallFilter()).Written);
    }

    [Fact]
    public void What_another_program_changed_meanwhile_is_not_overwritten()
    {
        var records = Priced(3, Old, nano: 10);
        using var ledger = TestLedger.With(records);
        CostBreakdown Overtaken(CallRecord r)
        {
            ledger.Execute($"UPDATE calls SET output_tokens = 4711 WHERE id = x'{Convert.ToHexString(TestLedger.Key(records[1].Id))}'");
            return By(New, 30)(r);
        }

        var report = Repricer(ledger, Overtaken, null).Apply(new CallFilter());

        Assert.Equal((2L, 1L), (report.Written, report.Overtaken));
        Assert.Equal(1, ledger.Count("SELECT count(*) FROM calls WHERE output_tokens = 4711 AND cost_input = 10"));
    }

    [Fact]
    public async Task Writers_go_on_while_costs_are_replaced()
    {
        using var ledger = TestLedger.With(Priced(6000, Old, nano: 10));
        using var stop = new CancellationTokenSource();
        using var begun = new ManualResetEventSlim();
        var writing = Task.Run(() => Write(ledger, begun, stop.Token), TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);

        var report = Repricer(ledger, By(New, 30), null).Apply(new CallFilter { Until = Start.AddYears(1) });
        await stop.CancelAsync();

        Assert.Equal(6000, report.Written);
        Assert.InRange(await writing, 2, int.MaxValue);
        Assert.Equal(6000, ledger.Count("SELECT count(*) FROM calls WHERE cost_input = 30"));
    }

    [Fact]
    public void The_log_stays_small_however_often_costs_are_replaced()
    {
        var record = Priced(1, Old, nano: 0)[0];
        using var ledger = TestLedger.With([record]);
        ledger.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        using var connection = LedgerConnection.OpenForChanges(ledger.Path);
        using var writer = new CostWriter(connection);

        for (var nano = 1; nano <= 400; nano++)
        {
            Assert.Equal(1, writer.Write([(record, Cost(Old, nano))]));
            record = record with { Cost = Cost(Old, nano) };
        }

        // Every write adds a page of 4 KB at least; without a checkpoint the log would have 1.6 MB.
        Assert.InRange(new FileInfo(ledger.Path + "-wal").Length, 1, 500_000);
        Assert.Equal(1, ledger.Count("SELECT count(*) FROM calls WHERE cost_input = 400"));
    }

    [Fact]
    public void A_ledger_that_is_not_there_is_not_made()
    {
        var error = Assert.Throws<LedgerException>(() => new Repricer("/nowhere/ledger.db", New, By(New, 1), (_, _) => null).Apply(new CallFilter()));

        Assert.Contains("There is no ledger at", error.Message, StringComparison.Ordinal);
    }

    private static int Write(TestLedger ledger, ManualResetEventSlim begun, CancellationToken stop)
    {
        var calls = new SomeCalls(42);
        var written = 0;
        for (; !stop.IsCancellationRequested; written++)
        {
            ledger.Write([calls.At(Start.AddYears(2))]);
            begun.Set();
        }

        return written;
    }

    private static List<CallRecord> Priced(int count, string version, long nano) =>
    [
        .. Enumerable.Range(0, count).Select(i => new CallRecord
        {
            Id = CallId.Create(Start.AddMinutes(i), (ulong)i),
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            Outcome = CallOutcome.Success,
            ModelServed = "claude-opus-5",
            Usage = new TokenUsage { InputTokens = i, OutputTokens = 1 },
            Cost = Cost(version, nano),
        }),
    ];

    private static CallCost Cost(string version, long nano) => new()
    {
        Basis = CostBasis.Measured,
        PriceVersion = version,
        ByClass = new CostByClass(new(nano), default, default, default, default, default),
        SavedByCache = NanoUsd.Zero,
    };

    private static Func<CallRecord, CostBreakdown> By(string version, long nano) =>
        _ => new CostBreakdown(Cost(version, nano), [], "because", []);

    private static Repricer Repricer(TestLedger ledger, Func<CallRecord, CostBreakdown> price, Func<CallRecord, CostBreakdown>? earlier) =>
        new(ledger.Path, New, price, (_, _) => earlier);

    private static string Text(CallRecord record) => JsonSerializer.Serialize(record);
}
