using System.Collections.Concurrent;
using MessagesSimulator.Batches;
using MessagesSimulator.Billing;
using MessagesSimulator.Caching;
using MessagesSimulator.Limits;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;

namespace MessagesSimulator.Serving;

/// <summary>Everything the server keeps between requests.</summary>
internal sealed class Simulation(TimeProvider time, RateLimits limits, int seed)
{
    private readonly ConcurrentDictionary<string, RateLimiter> _limiters = [];
    private readonly List<RecordedRequest> _requests = [];

    public TimeProvider Time { get; } = time;

    public required PromptCacheSimulator Cache { get; init; }

    public IdSource Ids { get; } = new(seed);

    public Bill Bill { get; } = new();

    public ConcurrentDictionary<string, MessageBatch> Batches { get; } = new(StringComparer.Ordinal);

    public Script Script { get; } = new();

    public required string OrganizationId { get; init; }

    public required StreamPace Pace { get; init; }

    public required bool KeepBodies { get; init; }

    public required IReadOnlySet<string>? Keys { get; init; }

    public required IReadOnlyDictionary<string, CacheCaller>? Callers { get; init; }

    public required Overload Overload { get; init; }

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public RateLimiter LimiterOf(string key) => _limiters.GetOrAdd(key, _ => new RateLimiter(limits, Time));

    public void Add(RecordedRequest request)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }
    }
}
