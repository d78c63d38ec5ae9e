using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Bodies;
using Telemetry.Handler.Diagnostics;

namespace Telemetry.Handler.Prompting;

/// <summary>The reading of one prompt, beside the sending of its request.</summary>
internal sealed class PromptJob
{
    /// <summary>
    /// How long a record waits for its estimate, where the answer came before it: a large prompt on a busy machine, or the first
    /// call of a process, which reads the vocabulary. Answers of models take longer than reading their prompts.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private const string TooLate = "estimate too late";

    // Some ten microseconds.
    private const int SmallBytes = 4_096;

    private readonly PromptWatch _watch;
    private readonly PromptQuestion _question;
    private readonly Action<PromptReadout>? _done;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LentBody _body;
    private volatile PromptReadout? _readout;
    private int _isBegun;
    private volatile bool _isQueued;
    private volatile bool _hasAnswer;
    private volatile bool _isOver;

    /// <param name="watch">What reads.</param>
    /// <param name="body">The body; given back when it was read.</param>
    /// <param name="question">The call.</param>
    /// <param name="done">Is told of the readout, on a thread of the pool; null: nobody is. Nobody waits for it.</param>
    public PromptJob(PromptWatch watch, LentBody body, PromptQuestion question, Action<PromptReadout>? done) =>
        (_watch, _body, _question, _done) = (watch, body, question, done);

    /// <summary>What was read; null until then, and where it failed.</summary>
    public PromptReadout? Readout => _readout;

    /// <summary>Whether reading takes less than handing it to another thread.</summary>
    public bool IsSmall => _body.Bytes.Length <= SmallBytes && _watch.IsWarm;

    /// <summary>Reads on a thread of the pool.</summary>
    public void Queue()
    {
        _isQueued = true;
        ThreadPool.UnsafeQueueUserWorkItem(static job => job.Run(isOwnThread: true), this, preferLocal: false);
    }

    /// <summary>Reads on this thread what was not given to another.</summary>
    public void RunUnlessQueued()
    {
        if (!_isQueued)
        {
            Run(isOwnThread: false);
        }
    }

    /// <summary>Waits until it is done, however long that takes.</summary>
    public async ValueTask<PromptReadout?> FinishAsync()
    {
        await _finished.Task.ConfigureAwait(false);
        return _readout;
    }

    /// <summary>The same for callers that cannot await. They do not wait for a pool that may be waiting for them.</summary>
    public PromptReadout? Finish()
    {
        Run(isOwnThread: false);
        _finished.Task.Wait();
        return _readout;
    }

    /// <summary>Waits until it is done, or for as long as a record may wait.</summary>
    public async ValueTask WaitAsync()
    {
        RunUnlessQueued();
        if (_finished.Task.IsCompleted)
        {
            return;
        }

        try
        {
            await _finished.Task.WaitAsync(Patience, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            OwnFailures.Count(TooLate);
        }
    }

    /// <summary>The same for callers that cannot await. They do not wait for a pool that may be waiting for them.</summary>
    public void Wait()
    {
        Run(isOwnThread: false);
        if (!_finished.Task.Wait(Patience))
        {
            OwnFailures.Count(TooLate);
        }
    }

    /// <summary>The answer begins.</summary>
    public void AnswerBegan()
    {
        _hasAnswer = true;
        TellBegin();
    }

    /// <summary>The call is over: what it lost of the prompt cache, and what changed, where content is captured.</summary>
    /// <param name="record">The call.</param>
    /// <param name="prices">The prices.</param>
    /// <param name="ranTools">Whether the answer shows that the provider ran tools.</param>
    /// <param name="isCleared">Whether the answer says that the provider took something out of the history.</param>
    /// <returns>Null where it lost nothing, or nothing is known.</returns>
    public (CacheBreak Lost, string? Diff)? Settle(CallRecord record, PriceBook prices, bool ranTools, bool isCleared)
    {
        _isOver = true;
        return _readout?.Cache is { } forecast ? _watch.Caches.Settle(forecast, record, prices, ranTools, isCleared) : null;
    }

    private void Run(bool isOwnThread)
    {
        if (Interlocked.Exchange(ref _isBegun, 1) != 0)
        {
            return;
        }

        Quietly.Run("estimate", this, static job => job.Read());

        // The record waits for what was read, and not for what the application does with it.
        _finished.SetResult();
        if (_done is null || _readout is null)
        {
            return;
        }

        if (isOwnThread)
        {
            Tell();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static job => job.Tell(), this, preferLocal: false);
        }
    }

    private void Read()
    {
        using (_body)
        {
            _readout = _watch.Read(_body.Bytes, _question);
        }

        TellBegin();
        if (_isOver && _readout.Cache is { } forecast)
        {
            _watch.Caches.Failed(forecast);
        }
    }

    private void Tell() => Quietly.Run("on estimate", this, static job => job._done?.Invoke(job._readout!));

    // Whichever is later, the forecast or the answer, tells; twice does no harm.
    private void TellBegin()
    {
        if (_hasAnswer && _readout?.Cache is { } forecast)
        {
            _watch.Caches.Begun(forecast);
        }
    }
}
