namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>When fewer tokens are a loss.</summary>
internal static class Shortfall
{
    private const int Fewest = 8;
    private const int Share = 200;

    /// <summary>What two counts of the same prefix may differ by.</summary>
    public static long Tolerance(long tokens) => Fewest + (tokens / Share);

    /// <summary>The same of tokens that may be an estimate, which is off by a fifth at times.</summary>
    public static bool Is(long available, bool isExact, long read) => Is(isExact ? available : available * 4 / 5, read);

    /// <summary>Whether less was read than could have been.</summary>
    public static bool Is(long available, long read) => available - read > Tolerance(available);
}
