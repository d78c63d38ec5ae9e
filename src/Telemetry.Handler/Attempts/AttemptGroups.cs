using System.Diagnostics;
using System.Runtime.CompilerServices;
using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>
/// Ties the attempts of a logical call together. By these signs, the first that holds: the same message is sent again; the span
/// of the call is the same, whatever the model and body; the official SDK says that it retries, or says nothing of retries and an
/// attempt failed, and the body is the same within two minutes. What the SDK calls a first attempt is a call of its own, as are
/// calls with equal bodies of which none has failed.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="expectedRetries">How often the client tries again; null when the application does not say.</param>
internal sealed class AttemptGroups(TimeProvider time, int? expectedRetries = null)
{
    private const string SdkSource = "com.anthropic.sdk.csharp";

    private static readonly HttpRequestOptionsKey<Sent> Key = new("costledger.attempts");

    private readonly Lock _gate = new();
    private readonly FailedCalls _failed = new(time, expectedRetries ?? RetryRule.SdkRetries);

    // Weak: a group goes with its span.
    private readonly ConditionalWeakTable<Activity, AttemptGroup> _bySpan = [];

    /// <summary>Begins an attempt.</summary>
    /// <param name="request">The request, which gets a note for the case that it is sent again.</param>
    /// <param name="start">What is known of the attempt.</param>
    public OpenAttempt Begin(HttpRequestMessage request, in AttemptStart start)
    {
        if (request.Options.TryGetValue(Key, out var sent))
        {
            var again = new OpenAttempt(this, sent.Group, start) { Resends = sent.Again() };
            _failed.Learn(again.Resends);
            sent.Group.Begin(again, isSent: true, isInSdk: false, time);
            return again;
        }

        // A fingerprint takes time, and mostly nobody asks for it before the request is on its way.
        var body = start.RetryCount > 0 || !_failed.IsEmpty ? start.Body?.Fingerprint() : null;
        var isSdkCall = start.CallSpan?.Source.Name.StartsWith(SdkSource, StringComparison.Ordinal) == true;
        OpenAttempt attempt;
        lock (_gate)
        {
            var bySpan = FindBySpan_NeedsLock(start.CallSpan, isSdkCall);
            var group = bySpan ?? FindByBody_NeedsLock(start, body);
            attempt = new OpenAttempt(this, group, start, body);
            group.Begin(attempt, isSent: false, isInSdk: isSdkCall && bySpan is not null, time);
        }

        request.Options.Set(Key, new Sent(attempt.Group));
        return attempt;
    }

    /// <summary>A body is known only now, as of the SDK's adapters of other providers, which send streams.</summary>
    public void Identified(OpenAttempt attempt)
    {
        if (attempt is { RetryCount: { } retries, Body: { } body } && attempt.Group.IsAlone(attempt)
            && _failed.Take(body, attempt.Operation, retries) is { } earlier)
        {
            attempt.Group.Continue(earlier, attempt);
        }
    }

    /// <summary>The response's status is there.</summary>
    public void Answered(OpenAttempt attempt, int status, bool? shouldRetry)
    {
        if (RetryRule.IsFailure(status)
            && attempt.Group.Fail(attempt, status.ToString(System.Globalization.CultureInfo.InvariantCulture), time.GetTimestamp()))
        {
            _failed.Add(attempt, RetryRule.MayPass(status, shouldRetry));
        }
    }

    /// <summary>An attempt has ended.</summary>
    public OperationTotals End(OpenAttempt attempt, CallRecord record, bool? shouldRetry)
    {
        var mayPass = RetryRule.MayPass(record, shouldRetry);
        var end = RetryRule.Judge(mayPass, attempt.RetryCount, attempt.Try, expectedRetries);
        var totals = attempt.Group.End(attempt, record, end, time.GetTimestamp(), out var isWaiting);
        if (isWaiting && !attempt.IsRemembered)
        {
            _failed.Add(attempt, mayPass);
        }

        return totals;
    }

    // The SDK has a span for each call; below anybody else's, a success ends the call and the next message begins another.
    private AttemptGroup? FindBySpan_NeedsLock(Activity? span, bool isSdkCall) =>
        span is not null && _bySpan.TryGetValue(span, out var group) && (isSdkCall || !group.IsDone) ? group : null;

    private AttemptGroup FindByBody_NeedsLock(in AttemptStart start, UInt128? body)
    {
        var group = body is { } known ? _failed.Take(known, start.Operation, start.RetryCount) : null;
        group ??= new AttemptGroup(start.Id, start.RetryCount ?? 0);
        if (start.CallSpan is not null)
        {
            _bySpan.AddOrUpdate(start.CallSpan, group);
        }

        return group;
    }

    private sealed class Sent(AttemptGroup group)
    {
        private int _again;

        public AttemptGroup Group => group;

        /// <summary>Counts a sending after the first.</summary>
        public int Again() => Interlocked.Increment(ref _again);
    }
}
