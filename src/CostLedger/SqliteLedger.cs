using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Resilience;
using CostLedger.Retention;
using CostLedger.Writing;
using CostLedger.Writing.Bulk;

namespace CostLedger;

/// <summary>A durable ledger in one SQLite file, shared by any number of processes.</summary>
/// <remarks>
/// A record that was acknowledged as <see cref="WriteOutcome.Committed"/> or <see cref="WriteOutcome.Spooled"/> survives the death of
/// the process at any moment; with <see cref="SqliteLedgerOptions.SurvivePowerLoss"/> also that of the machine. All members may be
/// used by any number of threads.
/// </remarks>
public sealed class SqliteLedger : ICallLedger, IAsyncDisposable
{
    private const string PathVariable = "COSTLEDGER_PATH";

    private readonly LedgerStatistics.Counters _counters;
    private readonly LedgerWriter _writer;
    private readonly LedgerWriter.Settings _settings;
    private readonly LiveStore _store;
    private int _isDisposed;

    private SqliteLedger(LedgerWriter.Settings settings, LiveStore store, LedgerStatistics.Counters counters)
    {
        Path = settings.Path;
        _store = store;
        _settings = settings;
        _writer = new LedgerWriter(store, settings, counters);
        _counters = counters;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The default ledger's path: <c>$COSTLEDGER_PATH</c>, else <c>costledger/ledger.db</c> in the local application data.</summary>
    public static string DefaultPath =>
        Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path
            ? path
            : System.IO.Path.Combine(LocalData(), "costledger", "ledger.db");

    /// <summary>The ledger's file, as a full path.</summary>
    public string Path { get; }

    /// <summary>What the ledger has done since it was opened.</summary>
    public LedgerStatistics Statistics => _counters.Read(_writer.Waiting, _writer.Notes.Unnoted);

    /// <summary>What an operator should know, for example that a damaged ledger was moved aside; the newest 32 lines, oldest first.</summary>
    public IReadOnlyList<string> Notices => _counters.Notices;

    /// <summary>Opens a ledger, creating or migrating it, and takes in what an earlier process left behind.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The ledger.</returns>
    /// <exception cref="CostLedger.Storage.LedgerException">It cannot be opened; the message says what to do.</exception>
    public static SqliteLedger Open(string path) => Open(path, new SqliteLedgerOptions());

    /// <summary>Opens a ledger, creating or migrating it, and takes in what an earlier process left behind. A damaged ledger is moved
    /// aside, never deleted, and a new one is begun; <see cref="Notices"/> says so.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options.</param>
    /// <returns>The ledger.</returns>
    /// <exception cref="CostLedger.Storage.LedgerException">It cannot be opened; the message says what to do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static SqliteLedger Open(string path, SqliteLedgerOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        path = System.IO.Path.GetFullPath(path);
        var settings = Check(path, options);
        var counters = new LedgerStatistics.Counters();
        var store = new LiveStore(path, settings.SurvivePowerLoss, settings.Clock, counters.Notice)
        {
            Committed = counters.Committed,
        };
        store.Open(opened =>
        {
            var recovery = new Recovery(opened, options.PriceInterrupted ?? PriceOf);
            recovery.TakeInAll();
            counters.Took(recovery);
        });
        return new SqliteLedger(settings, store, counters);
    }

    /// <inheritdoc/>
    public CallTicket Begin(CallRecord started)
    {
        ArgumentNullException.ThrowIfNull(started);
        return new CallTicket(_writer.Notes.Begin(started));
    }

    /// <inheritdoc/>
    public void Update(CallTicket ticket, CallRecord soFar)
    {
        ArgumentNullException.ThrowIfNull(soFar);
        _writer.Notes.Update(ticket.Slot, soFar);
    }

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> WriteAsync(CallRecord record, CallTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _writer.WriteAsync(record, ticket);
    }

    /// <inheritdoc/>
    public WriteOutcome Write(CallRecord record, CallTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _writer.Write(record, ticket);
    }

    /// <inheritdoc/>
    public IBulkWriter BeginBulk() => new BulkWriter(_writer, _settings.MaxCallerWait, _settings.InBackground, _settings.Clock);

    /// <summary>Keeps a price file beside the costs that were computed with it. It is stored once a version, with the next records.</summary>
    /// <param name="version">The price list's version, as in <see cref="CallCost.PriceVersion"/>.</param>
    /// <param name="content">The file's bytes.</param>
    public void Keep(string version, ReadOnlyMemory<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        _writer.Keep(version, content);
    }

    /// <summary>
    /// Deletes calls that began before a time, with their details, estimates and prompts, points of rate limits, and the blocks of
    /// prompts that no remaining call has. Others may write and read meanwhile. The file does not shrink; its space is used again.
    /// </summary>
    /// <remarks>When it is canceled or fails, what was deleted before stays deleted; pruning again goes on from there.</remarks>
    /// <param name="before">The first time that stays.</param>
    /// <param name="cancellationToken">Ends the pruning between two transactions.</param>
    /// <returns>What was deleted.</returns>
    /// <exception cref="CostLedger.Storage.LedgerException">The ledger cannot be written; the message says what to do.</exception>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public Task<PruneResult> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        PruneAsync(before, progress: null, cancellationToken);

    /// <summary>Deletes what is old as <see cref="PruneAsync(DateTimeOffset, CancellationToken)"/> does, and tells how far it is.</summary>
    /// <param name="before">The first time that stays.</param>
    /// <param name="progress">Is told after each transaction how many calls were deleted so far, on a thread of the pool; null: nobody is.</param>
    /// <param name="cancellationToken">Ends the pruning between two transactions.</param>
    /// <returns>What was deleted.</returns>
    /// <exception cref="CostLedger.Storage.LedgerException">The ledger cannot be written; the message says what to do.</exception>
    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public async Task<PruneResult> PruneAsync(DateTimeOffset before, IProgress<long>? progress, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        using var pruner = new Pruner(_store, progress);
        return await Task.Run(() => pruner.Prune(before, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores what waits, within <see cref="SqliteLedgerOptions.DrainTimeout"/>, and closes the ledger. Records that are written
    /// afterwards go to the spool and are taken in at the next opening.</summary>
    /// <returns>A task that ends when the ledger is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
            await _writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static LedgerWriter.Settings Check(string path, SqliteLedgerOptions options)
    {
        if (options.MaxCallerWait <= TimeSpan.Zero || options.DrainTimeout < TimeSpan.Zero || options.QueueCapacity < 1 || options.MaxCallsInFlight < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), "MaxCallerWait and QueueCapacity must be positive, DrainTimeout and MaxCallsInFlight not negative.");
        }

        return new LedgerWriter.Settings(path, options.TimeProvider)
        {
            MaxCallerWait = options.MaxCallerWait,
            DrainTimeout = options.DrainTimeout,
            QueueCapacity = options.QueueCapacity,
            MaxCallsInFlight = options.MaxCallsInFlight,
            InBackground = options.WriteInBackground,
            SurvivePowerLoss = options.SurvivePowerLoss,
        };
    }

    // Where there is no home, as in some containers, the platform names no folder.
    private static CallCost PriceOf(CallRecord record) => PriceBook.Default.Price(PricingRequest.From(record)).Cost;

    private static string LocalData()
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length > 0 ? folder : System.IO.Path.GetTempPath();
    }

    private void OnProcessExit(object? sender, EventArgs e) => DisposeAsync().AsTask().Wait();
}
