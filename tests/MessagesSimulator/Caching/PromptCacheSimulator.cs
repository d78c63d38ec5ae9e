using MessagesSimulator.Diagnosing;
using MessagesSimulator.Prompts;

namespace MessagesSimulator.Caching;

/// <summary>
/// The provider's prompt cache without a server: it takes the body of a request and tells the usage of the answer. Written from the
/// documentation; it shares no code with what it is compared with.
/// </summary>
/// <param name="time">The clock of the lifetimes.</param>
/// <param name="options">How it behaves; null: as documented.</param>
public sealed class PromptCacheSimulator(TimeProvider time, PromptCacheOptions? options = null)
{
    private readonly PromptCache _cache = new(time, options ?? new PromptCacheOptions());
    private readonly FingerprintStore _fingerprints = new(options?.DiagnosticsAreLate ?? false);
    private readonly PromptReader _reader = new((options ?? new PromptCacheOptions()).Tokens, (options ?? new PromptCacheOptions()).Keys);

    /// <summary>The entries that can be read now.</summary>
    public int EntryCount => _cache.Count;

    /// <summary>Answers a request at once.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="betas">The header <c>anthropic-beta</c>.</param>
    /// <returns>The input side of the usage.</returns>
    /// <exception cref="Errors.ApiException">The API refuses the request.</exception>
    public CacheUsage Answer(ReadOnlyMemory<byte> body, CacheCaller caller, string betas = "") => Ask(body, caller, betas).Begin().Usage;

    /// <summary>Takes a request whose answer begins later, or never.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="betas">The header <c>anthropic-beta</c>.</param>
    /// <returns>The answer to come.</returns>
    /// <exception cref="Errors.ApiException">The API refuses the request.</exception>
    public PendingAnswer Ask(ReadOnlyMemory<byte> body, CacheCaller caller, string betas = "") =>
        Ask(Read(body, betas, counting: false), caller, time.GetUtcNow());

    /// <summary>Counts the tokens of a request's prompt, cached or not.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="betas">The header <c>anthropic-beta</c>.</param>
    /// <returns>The tokens.</returns>
    /// <exception cref="Errors.ApiException">The API refuses the request.</exception>
    public int CountTokens(ReadOnlyMemory<byte> body, string betas = "") => Read(body, betas, counting: true).Tokens;

    /// <summary>Forgets all cached prompts.</summary>
    /// <param name="organization">Whose; null: everybody's.</param>
    public void Evict(string? organization = null) => _cache.Evict(entries => entries, int.MaxValue, organization);

    /// <summary>Forgets the entries that were written first.</summary>
    /// <param name="count">How many.</param>
    /// <param name="organization">Whose; null: everybody's.</param>
    public void EvictOldest(int count, string? organization = null) =>
        _cache.Evict(entries => entries.OrderBy(entry => entry.Order), count, organization);

    /// <summary>Forgets the longest entries.</summary>
    /// <param name="count">How many.</param>
    /// <param name="organization">Whose; null: everybody's.</param>
    public void EvictLongest(int count, string? organization = null) => _cache.Evict(
        entries => entries.OrderByDescending(entry => entry.Tokens).ThenByDescending(entry => entry.Order), count, organization);

    /// <summary>Forgets a share of the entries, drawn by lot.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="seed">The same seed draws the same entries.</param>
    public void EvictShare(double share, int seed)
    {
        var lot = new Random(seed);
        _cache.Evict(entries => entries.OrderBy(entry => entry.Order).Where(_ => lot.NextDouble() < share).ToList(), int.MaxValue, organization: null);
    }

    /// <summary>Lets the next request tell fewer tokens read than there were, which no documented rule explains.</summary>
    /// <param name="tokens">How many fewer.</param>
    public void ConcealRead(int tokens) => _cache.Conceal(tokens);

    internal Prompt Read(ReadOnlyMemory<byte> body, string betas, bool counting) => _reader.Read(body, betas, counting);

    internal PendingAnswer Ask(Prompt prompt, CacheCaller caller, DateTimeOffset startedAt)
    {
        var scope = caller.Scope(prompt.Model.Id, prompt.Settings.InferenceGeo);
        var outcome = _cache.Begin(scope, prompt);
        var diagnostics = prompt.Settings.AsksDiagnostics ? _fingerprints.Compare(caller.Owner, prompt) : null;
        return new PendingAnswer(prompt, outcome.Usage, diagnostics, messageId =>
        {
            _cache.Commit(scope, outcome, startedAt);
            if (prompt.Settings.AsksDiagnostics)
            {
                _fingerprints.Keep(caller.Owner, messageId, prompt);
            }
        });
    }
}
