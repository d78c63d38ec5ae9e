using System.Globalization;

namespace MessagesSimulator.Limits;

/// <summary>The rate limits of one key: the buckets, and the headers that tell of them.</summary>
internal sealed class RateLimiter(RateLimits limits, TimeProvider time)
{
    private const int Rounding = 1000; // The API rounds tokens.

    private readonly Lock _gate = new();
    private readonly TokenBucket _requests = new(limits.Requests, time);
    private readonly TokenBucket _input = new(limits.InputTokens, time);
    private readonly TokenBucket _output = new(limits.OutputTokens, time);

    /// <summary>Takes a request from its bucket, when no bucket is empty.</summary>
    /// <returns>Null when it may go on; else how long to wait.</returns>
    public TimeSpan? Admit()
    {
        lock (_gate)
        {
            TimeSpan[] waits = [_requests.WaitFor(1), _input.WaitFor(1), _output.WaitFor(1)];
            if (limits.Enforced && waits.Max() > TimeSpan.Zero)
            {
                return waits.Max();
            }

            _requests.Take(1);
            return null;
        }
    }

    public void TakeInput(int tokens)
    {
        lock (_gate)
        {
            _input.Take(tokens);
        }
    }

    public void TakeOutput(int tokens)
    {
        lock (_gate)
        {
            _output.Take(tokens);
        }
    }

    public IReadOnlyList<KeyValuePair<string, string>> Headers()
    {
        lock (_gate)
        {
            var headers = new List<KeyValuePair<string, string>>();
            Add(headers, "requests", _requests.Capacity, _requests.Remaining, _requests.FullAt);
            Add(headers, "input-tokens", _input.Capacity, Rounded(_input.Remaining), _input.FullAt);
            Add(headers, "output-tokens", _output.Capacity, Rounded(_output.Remaining), _output.FullAt);
            var reset = _input.FullAt > _output.FullAt ? _input.FullAt : _output.FullAt;
            Add(headers, "tokens", _input.Capacity + _output.Capacity, Rounded(_input.Remaining) + Rounded(_output.Remaining), reset);
            return headers;
        }
    }

    private static int Rounded(int tokens) => tokens / Rounding * Rounding;

    /// <summary>The next whole second: who waits until then waits long enough.</summary>
    private static DateTime Ceiling(DateTimeOffset time) => time.UtcDateTime.AddTicks(TimeSpan.TicksPerSecond - 1);

    private static void Add(List<KeyValuePair<string, string>> headers, string kind, int limit, int remaining, DateTimeOffset reset)
    {
        var name = $"anthropic-ratelimit-{kind}";
        headers.Add(new($"{name}-limit", limit.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new($"{name}-remaining", remaining.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new($"{name}-reset", Ceiling(reset).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    }
}
