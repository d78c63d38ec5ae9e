using CostLedger.Records;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>Failures of every category among the calls of two weeks, made by hand.</summary>
internal static class SampleFailures
{
    /// <summary>The calls.</summary>
    public static IReadOnlyList<CallRecord> AmongTwoWeeks()
    {
        var now = Sample.Now;
        var throttled = Sample.Failed(now.AddHours(-40), 70, CallOutcome.Error, "rate_limit_error", 429) with { RetryAfter = TimeSpan.FromSeconds(12) };
        CallRecord[] failures =
        [
            throttled,
            Sample.Failed(now.AddHours(-40).AddSeconds(12), 71, CallOutcome.Error, "rate_limit_error", 429) with { Attempt = 2, FirstAttemptId = throttled.Id },
            Sample.Call(now.AddHours(-40).AddSeconds(30), 72) with { Attempt = 3, FirstAttemptId = throttled.Id },
            Sample.Failed(now.AddDays(-3), 73, CallOutcome.Error, "api_error", 500) with { RetryAfter = null },
            Sample.Failed(now.AddDays(-2), 74, CallOutcome.Error, "authentication_error", 401) with { RetryAfter = null },
            Sample.Failed(now.AddDays(-2).AddMinutes(1), 75, CallOutcome.Error, "invalid_request_error", 400) with { RetryAfter = null },
            Unanswered(now.AddDays(-1), 76, CallOutcome.Error, "connection_error", TimeSpan.FromMilliseconds(2_031)),
            Unanswered(now.AddHours(-9), 77, CallOutcome.Timeout, "client_timeout_error", TimeSpan.FromSeconds(100)),
            Unanswered(now.AddHours(-8), 78, CallOutcome.Interrupted, null, TimeSpan.Zero),
            Sample.CutOff(now.AddHours(-7), 79) with { Outcome = CallOutcome.Canceled, StreamEnd = StreamEnd.Disposed },
            Sample.Call(now.AddHours(-6), 80) with { IsStream = false, Timing = new CallTiming { Total = TimeSpan.FromMicroseconds(8_123_456) }, Transfer = new TransferFacts { RequestBytes = 2000, ResponseBytes = 900, IsConnectionReused = true } },
            Sample.Call(now.AddHours(-5), 81) with { Transfer = new TransferFacts { RequestBytes = 2000, ResponseBytes = 900, IsConnectionReused = false } },
        ];
        return [.. Sample.TwoWeeks().Concat(failures).OrderBy(c => c.Id)];
    }

    private static CallRecord Unanswered(DateTimeOffset at, int seed, CallOutcome outcome, string? error, TimeSpan took) =>
        Sample.Failed(at, seed, outcome, error ?? "", 0) with
        {
            ErrorType = error,
            HttpStatus = null,
            RequestId = null,
            RetryAfter = null,
            Timing = new CallTiming { Total = took },
        };
}
