using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>The attempts of one logical call. They may overlap. Safe for use by many threads.</summary>
/// <param name="first">The first attempt's key.</param>
/// <param name="before">The attempts before it that were not seen.</param>
internal sealed class AttemptGroup(CallId first, int before)
{
    private readonly Lock _gate = new();
    private readonly int _before = before;
    private CallId _first = first;
    private OpenAttempt? _last;
    private int _begun = before;
    private int _running;
    private bool _hasSucceeded;
    private int _operation;
    private int _endedOperation = -1;
    private int _tries;
    private long _operationStart;
    private NanoUsd? _cost;
    private NanoUsd? _wasted;

    /// <summary>Changes with every attempt.</summary>
    public int Version => Volatile.Read(ref _begun);

    private (CallId Id, OpenAttempt? Last, int Begun) First
    {
        get
        {
            lock (_gate)
            {
                return (_first, _last, _begun);
            }
        }
    }

    /// <summary>Whether it has succeeded and nothing of it runs.</summary>
    public bool IsDone
    {
        get
        {
            lock (_gate)
            {
                return _hasSucceeded && _running == 0;
            }
        }
    }

    /// <summary>Whether an attempt is the only one that was seen.</summary>
    public bool IsAlone(OpenAttempt attempt)
    {
        lock (_gate)
        {
            return _last == attempt && _begun == _before + 1;
        }
    }

    /// <summary>Counts an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="isSent">Whether its message was sent before.</param>
    /// <param name="isInSdk">Whether it was found by the span of one call of the official SDK.</param>
    /// <param name="time">The clock.</param>
    public void Begin(OpenAttempt attempt, bool isSent, bool isInSdk, TimeProvider time)
    {
        lock (_gate)
        {
            _begun = Math.Max(_begun, isSent ? 0 : attempt.RetryCount ?? 0) + 1;
            _hasSucceeded &= _running > 0;
            BeginOperation_NeedsLock(attempt, time);

            // A retry that is the first to be seen does not know the first.
            CallId? known = _last is null && attempt.RetryCount > 0 ? null : _first;
            attempt.Info = new AttemptInfo(_begun, known, Source_NeedsLock(attempt, isSent, isInSdk), _last?.Span)
            {
                PreviousModel = _last?.Model,
                PreviousFailure = _last?.Failure,
                Delay = _last?.EndedAt is { } ended ? time.GetElapsedTime(ended, attempt.Timestamp) : null,
            };
            _last = attempt;
            _running++;
        }
    }

    /// <summary>The logical call was begun earlier, as an attempt's body shows.</summary>
    /// <param name="earlier">The attempts before.</param>
    /// <param name="attempt">The attempt, which is the only one so far.</param>
    public void Continue(AttemptGroup earlier, OpenAttempt attempt)
    {
        var (first, last, begun) = earlier.First;
        lock (_gate)
        {
            _first = first;
            _begun = Math.Max(_begun, begun + 1);
            attempt.Info = attempt.Info with { Ordinal = _begun, FirstAttemptId = first, PreviousModel = last?.Model, PreviousFailure = last?.Failure };
        }
    }

    /// <summary>An attempt has failed by its status; its end follows when its body is read or left.</summary>
    /// <returns>Whether the logical call now waits for another attempt.</returns>
    public bool Fail(OpenAttempt attempt, string failure, long at)
    {
        lock (_gate)
        {
            return IsOver_NeedsLock(attempt, failure, at);
        }
    }

    /// <summary>An attempt has ended.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="record">What is known of it.</param>
    /// <param name="end">Whether it would end the operation if it were the only one.</param>
    /// <param name="at">When.</param>
    /// <param name="isWaiting">Whether the logical call now waits for another attempt.</param>
    public OperationTotals End(OpenAttempt attempt, CallRecord record, OperationEnd end, long at, out bool isWaiting)
    {
        lock (_gate)
        {
            var failure = RetryRule.FailureOf(record);
            attempt.Model = record.ModelRequested;
            var isLate = _hasSucceeded;
            isWaiting = IsOver_NeedsLock(attempt, failure, at);
            _hasSucceeded |= failure is null or RetryRule.Refusal;

            var isFollowed = failure is not null && _last != attempt && _last?.OperationNumber == attempt.OperationNumber;
            end = isFollowed || attempt.OperationNumber <= _endedOperation ? OperationEnd.No : end;
            _endedOperation = end == OperationEnd.No ? _endedOperation : attempt.OperationNumber;
            var isPresent = attempt.OperationNumber == _operation;
            var totals = new OperationTotals(end, attempt.Before, Add(isPresent ? _cost : null, record.Cost.Total), _wasted, isLate);
            _cost = isPresent ? totals.Cost : _cost;
            _wasted = failure is null ? _wasted : Add(_wasted, record.Cost.Total);
            return totals;
        }
    }

    private void BeginOperation_NeedsLock(OpenAttempt attempt, TimeProvider time)
    {
        if (_tries == 0 || _endedOperation == _operation)
        {
            _operation++;
            _tries = 0;
            _cost = null;
            _operationStart = attempt.Timestamp;
        }

        attempt.Before = time.GetElapsedTime(_operationStart, attempt.Timestamp);
        attempt.OperationNumber = _operation;
        attempt.Try = ++_tries;
    }

    private RetrySource Source_NeedsLock(OpenAttempt attempt, bool isSent, bool isInSdk) =>
        isSent ? RetrySource.Handler
        : attempt.RetryCount > (_last?.RetryCount ?? 0) ? RetrySource.Sdk
        : _last is not null && isInSdk ? RetrySource.Handler
        : RetrySource.Unknown;

    private bool IsOver_NeedsLock(OpenAttempt attempt, string? failure, long at)
    {
        var wasRunning = attempt.EndedAt is null;
        attempt.EndedAt = at;
        attempt.Failure = failure;
        _running -= wasRunning ? 1 : 0;
        return failure is not null and not RetryRule.Refusal && _running == 0 && !_hasSucceeded;
    }

    private static NanoUsd? Add(NanoUsd? sum, NanoUsd? amount) => amount is { } known ? (sum ?? NanoUsd.Zero) + known : sum;
}
