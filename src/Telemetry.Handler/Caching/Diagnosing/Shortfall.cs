namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>When fewer tokens are a loss.</summary>
internal static class Shortfall
{
    private const int Fewest = 8;
    private const int Share = 200;

    /// <summary>What two counts of the same prefix may differ by.</summary>
    public static long Tolerance(long tokens) => Fewest + (tokens / Share);

    /// <summary>The same of tokens that may be an estimate, of which what is beyond the known part is off by a fifth at times.</summary>
    /// <param name="available">The tokens that could have been read.</param>
    /// <param name="isExact">Whether usage told them.</param>
    /// <param name="read">The tokens that were read.</param>
    /// <param name="known">The part of them that usage told; zero where it told none.</param>
    public static bool Is(long available, bool isExact, long read, long known = 0) =>
        Is(isExact ? available : known + ((available - known) * 4 / 5), read);

    /// <summary>Whether less was read than could have been.</summary>
    public static bool Is(long available, long read) => available - read > Tolerance(available);
}
