using System.Diagnostics;
using System.Runtime.CompilerServices;
using CostLedger.Records;
using CostLedger.Records.Tools;
using Microsoft.Extensions.Logging;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Events;

/// <summary>The log events of calls. Nothing is built for a level that is off, and no failure of a logger goes further.</summary>
internal sealed class CallEvents
{
    /// <summary>The category of the logger, which exporters send as the scope.</summary>
    public const string Category = "Telemetry.Handler";

    private const string Place = "log";
    private const int MaxModels = 1_000;

    // Handlers come and go with their clients, but a model without a price is told once.
    private static readonly ConditionalWeakTable<ILoggerFactory, FirstTimes> Told = [];

    private readonly ILogger _logger;
    private readonly FirstTimes _unpriced;
    private readonly bool _hasDetails;
    private readonly SemanticConventions _conventions;

    private CallEvents(ILoggerFactory factory, bool hasDetails, SemanticConventions conventions)
    {
        _logger = factory.CreateLogger(Category);
        _unpriced = Told.GetValue(factory, static _ => new FirstTimes(MaxModels));
        _hasDetails = hasDetails;
        _conventions = conventions;
    }

    /// <summary>Makes them.</summary>
    /// <param name="factory">Makes the logger.</param>
    /// <param name="hasDetails">Whether each call is told as a whole.</param>
    /// <param name="conventions">The names that are emitted.</param>
    /// <returns>Null where there is no factory.</returns>
    public static CallEvents? Create(ILoggerFactory? factory, bool hasDetails, SemanticConventions conventions) =>
        factory is null ? null : new CallEvents(factory, hasDetails, conventions);

    /// <summary>Begins the event that tells a whole call.</summary>
    /// <returns>Null where nobody wants it.</returns>
    public OperationDetails? StartDetails(in CallStart call) =>
        _hasDetails && _logger.IsEnabled(LogLevel.Debug) ? new OperationDetails(call, _conventions) : null;

    /// <summary>Tells the end of an attempt.</summary>
    /// <param name="span">The span that the events are tied to; null where there is none.</param>
    /// <param name="end">The end.</param>
    /// <param name="failure">What was thrown; null where nothing was.</param>
    /// <param name="details">The event that tells the whole call; null where it is not wanted.</param>
    public void Finish(Activity? span, in CallEnd end, Exception? failure, OperationDetails? details) => Quietly.Run(
        Place,
        (events: this, span, end, failure, details),
        static s => s.events.Tell(s.span, s.end, s.failure, s.details));

    /// <summary>Tells what a call is about to lose of the prompt cache.</summary>
    /// <param name="span">The span that the event is tied to; null where there is none.</param>
    /// <param name="call">The attempt.</param>
    /// <param name="model">The model that was asked for.</param>
    /// <param name="lost">What it will lose.</param>
    public void Foresee(Activity? span, CallId call, string? model, CacheBreak lost) => Quietly.Run(
        Place,
        (events: this, span, call, model, lost),
        static s =>
        {
            if (s.events._logger.IsEnabled(LogLevel.Information))
            {
                s.events.Write(s.span, LogLevel.Information, LogEvents.CacheBreakExpected, CacheEvents.Expected(s.call, s.model, s.lost));
            }
        });

    private void Tell(Activity? span, in CallEnd end, Exception? failure, OperationDetails? details)
    {
        if (ErrorTypes.Of(end.Record) is not null)
        {
            TellFailure(span, end, failure);
        }

        if (end.Record is { Cost.Basis: CostBasis.Unpriced, Model: { } model, Usage: not null }
            && _logger.IsEnabled(LogLevel.Warning) && _unpriced.IsFirst(model))
        {
            Write(span, LogLevel.Warning, LogEvents.PriceMissing, PriceMissing(model, end));
        }

        if (end.Record.CacheBreak is { IsMissed: false } && _logger.IsEnabled(LogLevel.Information))
        {
            Write(span, LogLevel.Information, LogEvents.CacheBreak, CacheEvents.Lost(end.Record, end.Record.CacheBreak).With(CostLedgerTags.CacheBreakDiff, end.CacheDiff));
        }

        if (end.CostLimit is { } limit && _logger.IsEnabled(LogLevel.Warning))
        {
            Write(span, LogLevel.Warning, LogEvents.BudgetExceeded, BudgetExceeded(limit, end.Record));
        }

        TellLoop(span, end.Record);
        if (details is not null)
        {
            Write(span, LogLevel.Debug, LogEvents.OperationDetails, details.ToState(end));
        }
    }

    private void TellFailure(Activity? span, in CallEnd end, Exception? failure)
    {
        if (_logger.IsEnabled(LogLevel.Information))
        {
            Write(span, LogLevel.Information, LogEvents.AttemptFailed, AttemptFailed(end));
        }

        if (failure is not null && _logger.IsEnabled(LogLevel.Warning))
        {
            Write(span, LogLevel.Warning, LogEvents.OperationException, OperationException(failure));
        }
    }

    // A later attempt sends the same history.
    private void TellLoop(Activity? span, CallRecord record)
    {
        if (record is { ToolLoop: { IsFirst: true } loop, Attempt: 1 } && _logger.IsEnabled(LogLevel.Warning))
        {
            Write(span, LogLevel.Warning, LogEvents.LoopDetected, LoopDetected(loop, record));
        }
    }

    private void Write(Activity? span, LogLevel level, string name, EventState state) => CurrentActivity.Run(
        span,
        (_logger, level, name, state),
        static s => s._logger.Log(s.level, new EventId(0, s.name), s.state, null, static (state, _) => state.ToString()));

    private static EventState AttemptFailed(in CallEnd end)
    {
        var record = end.Record;
        var error = ErrorTypes.Of(record);
        return new EventState($"Attempt {record.Attempt} of {record.Model ?? TagValues.Unknown} failed: {error}.")
            .With(SemanticTags.ErrorType, error)
            .With(SemanticTags.HttpResponseStatusCode, record.HttpStatus)
            .With(CostLedgerTags.AttemptOrdinal, record.Attempt)
            .With(CostLedgerTags.AttemptOutcome, record.Outcome.Name())
            .With(CostLedgerTags.AttemptRetryAfter, record.RetryAfter?.TotalSeconds)
            .With(CostLedgerTags.StreamEnd, record.StreamEnd?.Name())
            .With(CostLedgerTags.CallId, record.Id.ToString())
            .With(GenAi.ProviderName, TagValues.ProviderName(record.Provider))
            .With(GenAi.RequestModel, record.ModelRequested)
            .With(SemanticTags.ServerAddress, record.Host)
            .With(AnthropicTags.RequestId, record.RequestId);
    }

    // The exception itself is not handed on: loggers would write out its message, which may hold more than is allowed.
    private static EventState OperationException(Exception failure) =>
        new EventState($"A call failed with {ExceptionText.TypeOf(failure)}.")
            .With(SemanticTags.ExceptionType, ExceptionText.TypeOf(failure))
            .With(SemanticTags.ExceptionMessage, ExceptionText.MessageOf(failure))
            .With(SemanticTags.ExceptionStackTrace, failure.StackTrace);

    private static EventState LoopDetected(ToolLoop loop, CallRecord record) =>
        new EventState($"A conversation with {record.Model ?? TagValues.Unknown} is in a loop: {loop.Kind.Name()} of {loop.Tool ?? "several tools"}, {loop.Rounds} rounds.")
            .With(CostLedgerTags.LoopKind, loop.Kind.Name())
            .With(CostLedgerTags.LoopTool, loop.Tool)
            .With(CostLedgerTags.LoopRounds, loop.Rounds)
            .With(GenAi.ConversationId, record.Labels.Conversation)
            .With(CostLedgerTags.CallId, record.Id.ToString());

    private static EventState BudgetExceeded(NanoUsd limit, CallRecord record) =>
        new EventState($"An answer of {record.Model ?? TagValues.Unknown} was stopped: its cost went above {limit} USD, the limit of the call.")
            .With(CostLedgerTags.CostLimit, limit.ToDouble())
            .With(CostLedgerTags.CostAmount, record.Cost.Total?.ToDouble())
            .With(CostLedgerTags.CostCurrency, TagValues.Currency)
            .With(CostLedgerTags.CostBasis, record.Cost.Basis.Name())
            .With(CostLedgerTags.EstimateOutputTokens, record.Estimate?.OutputTokens)
            .With(CostLedgerTags.CallId, record.Id.ToString())
            .With(GenAi.RequestModel, record.ModelRequested)
            .With(GenAi.ResponseModel, record.ModelServed)
            .With(GenAi.ProviderName, TagValues.ProviderName(record.Provider));

    private static EventState PriceMissing(string model, in CallEnd end) =>
        new EventState($"No price is known for {model} ({end.Record.Provider.Name()}): its calls have no cost. "
            + "Update pricing.json; or, where the name is that of a deployment or an inference profile, map it to its model in ModelAliases.")
            .With(GenAi.RequestModel, end.Record.ModelRequested)
            .With(GenAi.ResponseModel, end.Record.ModelServed)
            .With(GenAi.ProviderName, TagValues.ProviderName(end.Record.Provider));
}
