using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Bodies;

namespace Telemetry.Handler.Tests.Attempts;

/// <summary>Sends attempts through groups, as the handler does, and ends them.</summary>
internal sealed class Sender : IDisposable
{
    private readonly List<HttpRequestMessage> _requests = [];
    private int _ids;

    // Made here and not at first use: many threads may send at once.
    public Sender(int? expectedRetries = null) => Groups = new AttemptGroups(Time, expectedRetries);

    public Clock Time { get; } = new();

    public AttemptGroups Groups { get; }

    /// <summary>Whether a body is known only when it has gone out, as of the SDK's adapters of other providers.</summary>
    public bool IsBodyLate { get; init; }

    public HttpRequestMessage Message(string body = "hello")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/v1/messages") { Content = new StringContent(body) };
        lock (_requests)
        {
            _requests.Add(request);
        }

        return request;
    }

    /// <summary>Sends a message: a new one with the body, or the one that is given.</summary>
    public OpenAttempt Send(
        string body = "hello", int? retryCount = null, Activity? span = null, Operation operation = Operation.Messages, HttpRequestMessage? message = null)
    {
        var request = message ?? Message(body);
        using var read = RequestBody.Read(request, 1_000, isNeededFirst: false, CancellationToken.None);
        var attempt = Groups.Begin(request, new AttemptStart
        {
            Id = new CallId((UInt128)Interlocked.Increment(ref _ids)),
            Timestamp = Time.GetTimestamp(),
            Operation = operation,
            RetryCount = retryCount,
            CallSpan = span,
            Body = IsBodyLate ? null : read,
        });
        attempt.Identify(read.Fingerprint());
        return attempt;
    }

    public static OperationTotals End(OpenAttempt attempt, CallOutcome outcome = CallOutcome.Success, int? status = 200, long? nanoUsd = null, string model = "m") =>
        attempt.End(
            new CallRecord
            {
                Id = new CallId(1),
                Provider = Provider.Anthropic,
                Operation = attempt.Operation,
                ModelRequested = model,
                HttpStatus = status,
                Outcome = outcome,
                Cost = nanoUsd is { } cost
                    ? new CallCost { Basis = CostBasis.Measured, ByClass = new CostByClass { Output = new NanoUsd(cost) } }
                    : new CallCost { Basis = CostBasis.Unpriced },
            },
            shouldRetry: null);

    public static OperationTotals Fail(OpenAttempt attempt, int? status = 529) => End(attempt, CallOutcome.Error, status);

    public void Dispose() => _requests.ForEach(request => request.Dispose());
}
