using CostLedger;
using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Storage;
using CostLedger.Writing;
using Telemetry.Handler.Diagnostics;

namespace Telemetry.Handler.Observing;

/// <summary>
/// The ledger at the default path, one for the process, opened in the background so that no call waits for it.
/// Records that end before it is open are kept, up to a bound, and written then. A ledger that cannot be opened is tried
/// again later; what is lost meanwhile is counted.
/// </summary>
internal sealed class ProcessLedger : ICallLedger
{
    private const int MaxPending = 10_000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseWait = TimeSpan.FromSeconds(2);

    private readonly Func<SqliteLedger> _open;
    private readonly TimeProvider _time;
    private readonly TimeSpan _openWait;
    private readonly Lock _lock = new();
    private readonly Queue<CallRecord> _pending = new();
    private readonly Dictionary<string, PriceBook> _prices = new(StringComparer.Ordinal);
    private volatile SqliteLedger? _ledger;
    private Task _opening = Task.CompletedTask;
    private long? _failedAt;

    /// <summary>A ledger that is not open yet.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="time">Tells when to try again.</param>
    /// <param name="openWait">How long a record waits for the opening before it is kept for later.</param>
    public ProcessLedger(Func<SqliteLedger> open, TimeProvider time, TimeSpan openWait)
    {
        _open = open;
        _time = time;
        _openWait = openWait;
    }

    /// <summary>The process's own, closed when the process exits.</summary>
    public static ProcessLedger Shared { get; } = CreateShared();

    /// <summary>Starts opening, if that has not been done or has failed a while ago.</summary>
    public void EnsureOpening()
    {
        if (_ledger is not null)
        {
            return;
        }

        lock (_lock)
        {
            var mayTry = _failedAt is not { } failedAt || _time.GetElapsedTime(failedAt) >= RetryAfter;
            if (_ledger is null && _opening.IsCompleted && mayTry)
            {
                _opening = Task.Run(() => Quietly.Run("open ledger", this, static shared => shared.Open()));
            }
        }
    }

    /// <summary>Keeps a price list with the ledger, now or when it is open.</summary>
    public void Keep(PriceBook prices)
    {
        lock (_lock)
        {
            _prices[prices.Version] = prices;
            _ledger?.Keep(prices.Version, prices.Content);
        }
    }

    public CallTicket Begin(CallRecord started) => _ledger?.Begin(started) ?? default;

    public void Update(CallTicket ticket, CallRecord soFar) => _ledger?.Update(ticket, soFar);

    public async ValueTask<WriteOutcome> WriteAsync(CallRecord record, CallTicket ticket)
    {
        if (_ledger is null)
        {
            await WaitForOpeningAsync().ConfigureAwait(false);
        }

        return _ledger is { } ledger
            ? await ledger.WriteAsync(record, ticket).ConfigureAwait(false)
            : Keep(record);
    }

    public WriteOutcome Write(CallRecord record, CallTicket ticket)
    {
        if (_ledger is null)
        {
            EnsureOpening();
            _opening.Wait(_openWait);
        }

        return _ledger is { } ledger ? ledger.Write(record, ticket) : Keep(record);
    }

    public IBulkWriter BeginBulk() => _ledger?.BeginBulk() ?? new EarlyBulk(this);

    private static ProcessLedger CreateShared()
    {
        var shared = new ProcessLedger(() => SqliteLedger.Open(SqliteLedger.DefaultPath), TimeProvider.System, TimeSpan.FromMilliseconds(250));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => shared.Close();
        return shared;
    }

    private async Task WaitForOpeningAsync()
    {
        EnsureOpening();
        try
        {
            await _opening.WaitAsync(_openWait, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The record is kept and written as soon as the ledger is open.
        }
    }

    private void Open()
    {
        try
        {
            var ledger = _open();
            lock (_lock)
            {
                foreach (var prices in _prices.Values)
                {
                    ledger.Keep(prices.Version, prices.Content);
                }

                _ledger = ledger;
                _failedAt = null;
            }

            WritePending(ledger);
        }
        catch (Exception exception)
        {
            // Whatever the reason, the records that wait are lost, and it is tried again later; the boundary counts the failure.
            HandlerEventSource.Log.LedgerUnavailable(exception is LedgerException ? exception.Message : exception.GetType().Name);
            lock (_lock)
            {
                _failedAt = _time.GetTimestamp();
                LoseAll_NeedsLock();
                _pending.Clear();
            }

            throw;
        }
    }

    private WriteOutcome Keep(CallRecord record)
    {
        lock (_lock)
        {
            if (_ledger is { } ledger)
            {
                return ledger.Write(record, default);
            }

            if (_failedAt is null && _pending.Count < MaxPending)
            {
                _pending.Enqueue(record);
                return WriteOutcome.Queued;
            }
        }

        return WriteOutcome.Lost;
    }

    private void LoseAll_NeedsLock()
    {
        foreach (var record in _pending)
        {
            OwnFailures.Count("ledger unavailable");
            HandlerEventSource.Log.LedgerLost(record.Id.ToString());
        }
    }

    private void WritePending(SqliteLedger ledger)
    {
        while (true)
        {
            CallRecord? record;
            lock (_lock)
            {
                if (!_pending.TryDequeue(out record))
                {
                    return;
                }
            }

            ledger.Write(record, default);
        }
    }

    private void Close() => Quietly.Run("close ledger", this, static shared =>
    {
        shared._opening.Wait(CloseWait);
        shared._ledger?.DisposeAsync().AsTask().Wait(CloseWait);
    });

    /// <summary>Many records that come before the ledger is open: the first waits for it, within the bound. Those that come before it is
    /// open nevertheless are kept like any other, and it has its own writer for the rest.</summary>
    private sealed class EarlyBulk(ProcessLedger owner) : IBulkWriter
    {
        private IBulkWriter? _writer;
        private WriteOutcome _early = WriteOutcome.Committed;
        private bool _hasWaited;

        public void Add(CallRecord record)
        {
            if (!_hasWaited)
            {
                _hasWaited = true;
                owner.EnsureOpening();
                owner._opening.Wait(owner._openWait);
            }

            _writer ??= owner._ledger?.BeginBulk();
            if (_writer is not null)
            {
                _writer.Add(record);
                return;
            }

            var kept = owner.Keep(record);
            _early = _early == WriteOutcome.Lost ? _early : kept;
        }

        public async ValueTask<WriteOutcome> CompleteAsync() => Worst(_writer is null ? _early : await _writer.CompleteAsync().ConfigureAwait(false));

        public WriteOutcome Complete() => Worst(_writer is null ? _early : _writer.Complete());

        private WriteOutcome Worst(WriteOutcome later) =>
            _early == WriteOutcome.Lost ? _early : later == WriteOutcome.Lost || _early == WriteOutcome.Committed ? later : _early;
    }
}
