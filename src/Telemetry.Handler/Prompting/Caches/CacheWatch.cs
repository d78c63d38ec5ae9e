using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Prompts;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Estimating;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Tries;

namespace Telemetry.Handler.Prompting.Caches;

/// <summary>
/// The cache model of one ledger's handlers: fed by their calls, and by the ledger's where a conversation was begun elsewhere. Thread-safe.
/// </summary>
internal sealed class CacheWatch
{
    // What is older is in no cache.
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const int MostOfThread = 8;
    private const int MostAtStart = 200;
    private const int MostCalls = 100_000;

    private readonly CacheForecaster _model;
    private readonly SettingsKeys _keys = new();
    private readonly Func<LedgerReader?> _open;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Lock _taking = new();
    private readonly TwoGenerations<CallId, bool> _known = new(MostCalls);
    private long? _lastVain;

    /// <param name="options">The bounds.</param>
    /// <param name="prices">Tells the models' least cacheable prefixes.</param>
    /// <param name="open">Opens the ledger; null where there is none to read.</param>
    /// <param name="time">The clock.</param>
    public CacheWatch(CacheOptions options, PriceBook prices, Func<LedgerReader?> open, TimeProvider time)
    {
        _model = new CacheForecaster(options, prices);
        (_open, _time) = (open, time);
    }

    /// <summary>A counter that takes, beside what another counts, what tells the place of a change.</summary>
    public ISegmentCounter Over(ISegmentCounter counter) => _model.Prints.Over(counter);

    /// <summary>What a request will read and write, and its parameters as the ledger holds them; null where its prompt is not told in full.</summary>
    /// <param name="reading">The prompt.</param>
    /// <param name="body">The body that it was read from.</param>
    /// <param name="request">The request's facts.</param>
    /// <param name="question">The call.</param>
    /// <param name="estimate">What its input is estimated at.</param>
    public (CacheForecast Forecast, string Settings)? Foresee(
        PromptTrie.PromptReading reading, ReadOnlySpan<byte> body, RequestSnapshot request, CacheQuestion question, CallEstimate estimate)
    {
        var prompt = reading.Prompt;
        if (reading.Path is { Thread: { } thread } path && IsGoneOn(path, prompt) && MayAsk())
        {
            Quietly.Run("recall conversation", (watch: this, thread), static s => s.watch.Recall(s.thread));
        }

        var parameters = _keys.Of(CacheParametersReader.Read(request, question.Betas, prompt, body), reading.Hasher);
        var forecast = _model.Forecast(
            new CacheRequest
            {
                Call = question.Call,
                Scope = question.Scope,
                Parameters = parameters,
                Prompt = prompt,
                EstimatedTokens = estimate.InputTokens,
                AddedTokens = (long)Math.Round(estimate.Cold[PromptSource.Overhead]),
                Conversation = question.Conversation is { } name ? reading.Hasher.OfName(name) : 0,
            },
            question.Started);
        if (forecast is null)
        {
            return null;
        }

        Know(question.Call);
        return (forecast, SettingsText.ToText(parameters));
    }

    /// <summary>The answer begins: what the request writes can be read from now on.</summary>
    public void Begun(CacheForecast forecast) => _model.Begun(forecast);

    /// <summary>There was no answer.</summary>
    public void Failed(CacheForecast forecast) => _model.Failed(forecast);

    /// <summary>What an answered call lost, and why, and what changed where content is captured; null where it lost nothing.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <param name="record">The call.</param>
    /// <param name="prices">The prices.</param>
    /// <param name="ranTools">Whether the answer shows that the provider ran tools.</param>
    /// <param name="isCleared">Whether the answer says that the provider took something out of the history.</param>
    public (CacheBreak Lost, string? Diff)? Settle(CacheForecast forecast, CallRecord record, PriceBook prices, bool ranTools, bool isCleared)
    {
        if (record.Usage is null)
        {
            _model.Failed(forecast);
            return null;
        }

        return _model.Diagnose(forecast, record.Usage, CacheBreaks.ServedModel(record), ranTools, isCleared) is { } diagnosis
            ? (CacheBreaks.Of(diagnosis, record, prices), diagnosis.Diff)
            : null;
    }

    /// <summary>Takes in what the ledger tells of the last hour, before the first call or soon after it.</summary>
    public void Learn(LedgerReader ledger) => TakeIn(ledger.LastPrompts(_time.GetUtcNow() - LongestLife, MostAtStart));

    // A conversation whose earlier turns this process has not seen; the last exchange is new in any case.
    private static bool IsGoneOn(PromptPath path, SegmentedPrompt prompt) =>
        prompt.Messages > 2 && FirstNewMessage(path.NewNodes) < prompt.Messages - 2;

    private static int FirstNewMessage(IReadOnlyList<PromptNode> nodes)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Level == PromptLevel.Messages)
            {
                return nodes[i].Message;
            }
        }

        return int.MaxValue;
    }

    // Prompts that are no conversations, and look like ones, must not have the ledger opened for each of them.
    private bool MayAsk()
    {
        lock (_lock)
        {
            return _lastVain is not { } last || _time.GetElapsedTime(last) >= Pause;
        }
    }

    private void Recall(UInt128 thread)
    {
        using var ledger = _open();
        var isVain = ledger is null || TakeIn(ledger.LastPrompts(_time.GetUtcNow() - LongestLife, MostOfThread, thread)) == 0;
        lock (_lock)
        {
            _lastVain = isVain ? _time.GetTimestamp() : null;
        }
    }

    private int TakeIn(IReadOnlyList<PromptedCall> calls)
    {
        var now = CacheMoment.Now(_time);
        var taken = 0;

        // What another thread has begun to take in is known to the model only when it is done.
        lock (_taking)
        {
            foreach (var call in calls)
            {
                taken += Know(call.Call.Id) && PastCalls.TakeIn(_model, call, now) ? 1 : 0;
            }
        }

        return taken;
    }

    private bool Know(CallId call)
    {
        lock (_lock)
        {
            if (_known.TryGet(call, out _))
            {
                return false;
            }

            _known.Set(call, value: true, weight: 1);
            return true;
        }
    }
}
