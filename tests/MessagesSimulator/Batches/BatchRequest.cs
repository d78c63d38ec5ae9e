using MessagesSimulator.Caching;

namespace MessagesSimulator.Batches;

/// <summary>One request of a batch.</summary>
/// <param name="CustomId">Its name.</param>
/// <param name="Body">The parameters, as the body of a call of its own.</param>
/// <param name="Betas">The betas of the batch.</param>
/// <param name="Caller">Whose cache it uses.</param>
internal sealed record BatchRequest(string CustomId, ReadOnlyMemory<byte> Body, string Betas, CacheCaller Caller);
