using MessagesSimulator.Caching;

namespace MessagesSimulator.Corpus;

/// <summary>Plays requests to a cache, without a server.</summary>
public static class CorpusPlayer
{
    /// <summary>Plays them.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="options">How the cache behaves; null: as the labels suppose.</param>
    /// <returns>The input side of the usage of each.</returns>
    public static IReadOnlyList<CacheUsage> Play(IReadOnlyList<CorpusRequest> requests, PromptCacheOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var clock = new CorpusClock();
        var start = clock.Now;
        var cache = new PromptCacheSimulator(clock, options ?? MutationCorpus.Options);
        var answers = new PendingAnswer[requests.Count];
        foreach (var moment in CorpusMoment.Of(requests))
        {
            clock.Now = start + moment.At;
            if (moment.IsStart)
            {
                answers[moment.Request] = Start(cache, requests[moment.Request]);
            }
            else
            {
                answers[moment.Request].Begin($"msg_{moment.Request}");
            }
        }

        return [.. answers.Select(answer => answer.Usage)];
    }

    private static PendingAnswer Start(PromptCacheSimulator cache, CorpusRequest request)
    {
        cache.EvictLongest(request.EvictsBefore, request.Key);
        cache.ConcealRead(request.Conceals);
        return cache.Ask(request.Body, new CacheCaller(request.Key, request.Workspace ?? "default"), request.Betas);
    }
}
