using Telemetry.Handler.Caching.Forecasting;

namespace Telemetry.Handler.Prompting;

/// <summary>The input tokens of a call by what becomes of them in the prompt cache; together they are all of them.</summary>
/// <param name="Read">Read.</param>
/// <param name="Write5m">Written for five minutes.</param>
/// <param name="Write1h">Written for an hour.</param>
/// <param name="Uncached">Neither.</param>
internal readonly record struct CacheShares(long Read, long Write5m, long Write1h, long Uncached)
{
    /// <summary>Written.</summary>
    public long Written => Write5m + Write1h;

    /// <summary>Shares out the estimated tokens of a call as its forecast tells.</summary>
    public static CacheShares Of(CacheForecast cache, long inputTokens)
    {
        // The forecast's own tokens of what is read are exact mostly; those of the rest are the estimate's.
        var read = Math.Min(cache.ReadTokens, inputTokens);
        var rest = inputTokens - read;
        var write1h = Math.Min(cache.Write1hTokens, rest);
        var write5m = Math.Min(cache.Write5mTokens, rest - write1h);

        // Where the last block is marked, all of the rest is written.
        var isToEnd = cache.UncachedTokens == 0;
        return (isToEnd, write5m > 0, write1h > 0) switch
        {
            (true, true, _) => new CacheShares(read, rest - write1h, write1h, 0),
            (true, false, true) => new CacheShares(read, 0, rest, 0),
            _ => new CacheShares(read, write5m, write1h, rest - write1h - write5m),
        };
    }
}
