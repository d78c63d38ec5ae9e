using System.Diagnostics;
using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>One attempt of a logical call, from sending to its end. The mutable state belongs to the group and its lock.</summary>
internal sealed class OpenAttempt
{
    private readonly AttemptGroups _groups;

    public OpenAttempt(AttemptGroups groups, AttemptGroup group, in AttemptStart start, UInt128? body = null)
    {
        _groups = groups;
        Body = body;
        Group = group;
        Operation = start.Operation;
        RetryCount = start.RetryCount;
        Timestamp = start.Timestamp;
    }

    /// <summary>The body is known: at the start, or when it has gone out.</summary>
    public void Identify(UInt128? body)
    {
        Body ??= body;
        _groups.Identified(this);
    }

    /// <summary>Which attempt it is.</summary>
    public AttemptInfo Info { get; set; }

    /// <summary>The logical call.</summary>
    public AttemptGroup Group { get; }

    public Operation Operation { get; }

    /// <summary>The official SDK's count of retries; null when it does not count.</summary>
    public int? RetryCount { get; }

    public long Timestamp { get; }

    /// <summary>How often the message had been sent before.</summary>
    public int Resends { get; init; }

    /// <summary>The body's fingerprint; null when it is not known.</summary>
    public UInt128? Body { get; private set; }

    /// <summary>The attempt's span, for a later one to link to.</summary>
    public ActivityContext? Span { get; set; }

    /// <summary>The model that it asks for.</summary>
    public string? Model { get; set; }

    /// <summary>Why it failed; null while it runs or when it succeeded.</summary>
    public string? Failure { get; set; }

    /// <summary>When it ended, or failed by its status; null while it runs.</summary>
    public long? EndedAt { get; set; }

    /// <summary>Which of the logical call's operations it is a part of.</summary>
    public int OperationNumber { get; set; }

    /// <summary>Its place within the operation, from 1.</summary>
    public int Try { get; set; }

    /// <summary>The time from the operation's start to its own.</summary>
    public TimeSpan Before { get; set; }

    /// <summary>Whether its failure is remembered by its body.</summary>
    public bool IsRemembered { get; set; }

    /// <summary>
    /// The response's status is there. One that is a failure ends the attempt for those who retry: they may never read its body.
    /// </summary>
    public void Answered(int status, bool? shouldRetry) => _groups.Answered(this, status, shouldRetry);

    /// <summary>The attempt has ended.</summary>
    /// <param name="record">What is known of it.</param>
    /// <param name="shouldRetry">What the server says (<c>x-should-retry</c>).</param>
    public OperationTotals End(CallRecord record, bool? shouldRetry) => _groups.End(this, record, shouldRetry);
}
