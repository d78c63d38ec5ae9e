namespace MessagesSimulator.Billing;

/// <summary>What one message is billed. Calls that got an error status have no line.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="RequestId">The request it answers.</param>
/// <param name="Model">The model that served it.</param>
/// <param name="StartedAt">When the request arrived.</param>
/// <param name="Usage">What it used, up to now while the answer is being sent.</param>
/// <param name="State">How far the answer got.</param>
public sealed record BillLine(
    string MessageId,
    string RequestId,
    string Model,
    DateTimeOffset StartedAt,
    BilledUsage Usage,
    AnswerState State);
