namespace Telemetry.Handler.Batches;

/// <summary>What an answer told of a batch.</summary>
/// <param name="Id">The batch.</param>
/// <param name="EndedAt">When all of its requests had ended; null while they have not.</param>
/// <param name="Requests">How many there are; null where the answer does not say.</param>
internal readonly record struct BatchFacts(string Id, DateTimeOffset? EndedAt, long? Requests);
