using CostLedger.Querying.Reading;
using CostLedger.Querying.Retrying;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Attempts;

/// <summary>One question to <see cref="AttemptQueries.Attempts"/>.</summary>
/// <param name="filter">Which attempts.</param>
/// <param name="by">The dimensions.</param>
/// <param name="zone">Whose clocks.</param>
internal sealed class AttemptQuery(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone)
{
    private const int MostExamples = 10;

    // A call's attempts are farther apart only where somebody waits longer than an hour for an answer.
    private static readonly TimeSpan Reach = TimeSpan.FromHours(1);

    private readonly Dimension[] _dimensions = [.. by.Select(Grouping.DimensionOf)];
    private readonly Dictionary<long[], AttemptSums> _groups = new(KeyComparer.Instance);
    private readonly Dictionary<CallId, List<AttemptRow>> _calls = [];
    private readonly Dictionary<CallId, AttemptSums> _judged = [];
    private readonly HashSet<CallId> _fellBack = [];
    private readonly FailureTable _failures = new();
    private readonly WorstCalls _worst = new(MostExamples);
    private readonly Dictionary<(string From, string To, bool ByServer), long> _fallbacks = [];

    public AttemptReport Run(LedgerConnection connection)
    {
        using var snapshot = connection.BeginSnapshot();
        var selection = FilterCompiler.Compile(connection, filter);
        using var strings = new StringTable(connection);
        var keys = new CallKeys(_dimensions, zone);
        using (var scan = new AttemptScan(connection, selection))
        {
            Read(scan, selection, keys);
            foreach (var (first, attempts) in _calls)
            {
                Judge(scan, selection, keys, first, attempts, strings);
            }
        }

        CountServerFallbacks(connection, selection, keys, strings);
        return Report(connection, strings);
    }

    private static CallId Shifted(CallId id, TimeSpan by)
    {
        var time = id.Time;
        var isInRange = by > TimeSpan.Zero ? time < DateTimeOffset.MaxValue - by : time > DateTimeOffset.UnixEpoch - by;
        return isInRange ? CallId.FirstAt(time + by) : by > TimeSpan.Zero ? id : default;
    }

    // Attempts outside the period are kept only until it is known that their call has none within.
    private void Read(AttemptScan scan, Selection selection, CallKeys keys)
    {
        var high = selection.High == Selection.End ? selection.High : Shifted(selection.High, Reach);
        foreach (var attempt in scan.Read(Shifted(selection.Low, -Reach), high))
        {
            if (!attempt.IsPlain)
            {
                (_calls.TryGetValue(attempt.First ?? attempt.Id, out var call) ? call : _calls[attempt.First ?? attempt.Id] = []).Add(attempt);
            }
            else if (attempt.IsAsked)
            {
                SumsOf(keys, attempt, attempt, null).AddPlain(attempt, 1);
            }
        }
    }

    private void Judge(AttemptScan scan, Selection selection, CallKeys keys, CallId first, List<AttemptRow> attempts, StringTable strings)
    {
        var hasFirst = attempts.Exists(a => a.Id == first && a.Attempt == 1);
        if (attempts.TrueForAll(a => a.Id != first) && scan.Find(first) is { } found)
        {
            hasFirst = true;
            attempts.Add(found);
            if (found is { IsPlain: true, IsAsked: true })
            {
                SumsOf(keys, found, found, null).AddPlain(found, -1);
            }
        }

        if (!attempts.Exists(a => a.IsAsked))
        {
            return;
        }

        var call = new LogicalCall(attempts);
        var sums = SumsOf(keys, call.Attempts[0], call.Used ?? call.Attempts[^1], call.FirstFailure);
        sums.Add(call, selection.Low, hasFirst);
        _judged.Add(first, sums);
        _failures.Add(call);
        _worst.Add(call);
        foreach (var (from, to) in call.Fallbacks())
        {
            CountFallback(first, sums, (strings[from] ?? "", strings[to] ?? "", false));
        }
    }

    private void CountServerFallbacks(LedgerConnection connection, Selection selection, CallKeys keys, StringTable strings)
    {
        using var scan = new AttemptScan(connection, selection);
        foreach (var (id, from, to) in ServerFallbacks.Read(connection, selection.Low, selection.High, strings))
        {
            if (scan.Find(id) is { IsAsked: true } attempt)
            {
                var first = attempt.First ?? id;
                CountFallback(first, _judged.GetValueOrDefault(first) ?? SumsOf(keys, attempt, attempt, null), (from, to, true));
            }
        }
    }

    private void CountFallback(CallId first, AttemptSums sums, (string From, string To, bool ByServer) change)
    {
        _fallbacks[change] = _fallbacks.GetValueOrDefault(change) + 1;
        if (_fellBack.Add(first))
        {
            sums.AddFallback();
        }
    }

    private AttemptSums SumsOf(CallKeys keys, AttemptRow first, AttemptRow last, AttemptRow? failure)
    {
        Span<long> key = stackalloc long[_dimensions.Length];
        keys.Write(first, last, failure, key);
        var groups = _groups.GetAlternateLookup<ReadOnlySpan<long>>();
        return groups.TryGetValue(key, out var sums) ? sums : _groups[key.ToArray()] = new AttemptSums();
    }

    private AttemptReport Report(LedgerConnection connection, StringTable strings)
    {
        using var names = new KeyNames(connection, by, _dimensions);
        return new AttemptReport(
            TotalsTable.Sum(_groups.Values),
            by,
            by.Count == 0 ? [] : TotalsTable.Groups(_groups, names),
            [.. Failures(strings)],
            [.. _fallbacks.Select(f => new ModelFallback(f.Key.From, f.Key.To, f.Value, f.Key.ByServer))
                .OrderByDescending(f => f.Count).ThenBy(f => f.From, StringComparer.Ordinal).ThenBy(f => f.To, StringComparer.Ordinal).ThenBy(f => f.ByServer)],
            [.. _worst.Calls.Select(call => Example(call, strings))]);
    }

    private IEnumerable<FailureGroup> Failures(StringTable strings) => _failures.Failures
        .Select(f => new FailureGroup(ErrorOf(f.Key.Error, f.Key.Outcome, strings), strings[f.Key.Model], TotalsTable.WasteOf(f.Loss), f.Recovered))
        .OrderByDescending(f => f.Waste.Attempts).ThenBy(f => f.Error, StringComparer.Ordinal).ThenBy(f => f.Model, StringComparer.Ordinal);

    private static string ErrorOf(long error, CallOutcome outcome, StringTable strings) => strings[error] ?? outcome.Name();

    private static AttemptExample Example(LogicalCall call, StringTable strings) => new(
        call.Attempts[0].Id,
        strings[call.Attempts[0].ModelRequested],
        call.Outcome,
        TotalsTable.WasteOf(WorstCalls.LossOf(call)),
        call.Waited,
        [.. call.Attempts.Where((_, i) => call.FateOf(i) != AttemptFate.Used).Select(a => ErrorOf(a.ErrorType, a.Outcome, strings))]);
}
