using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Model;

/// <summary>
/// Numbers for prefixes, made of the segments' keyed hashes. What goes in is pseudo-random and secret already, so that a fast
/// mixing does; the numbers mean something within this process only.
/// </summary>
internal static class PrefixHash
{
    // Odd numbers without a pattern: fractions of the golden ratio and of square roots.
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;
    private const ulong Third = 0x165667B19E3779F9;
    private const ulong Fourth = 0xD6E8FEB86659FD93;

    /// <summary>The prefix that ends with a segment.</summary>
    public static UInt128 Next(UInt128 before, in Segment last) => Mix(before, last.Hash + (((uint)last.Level << 8) | (uint)last.Role));

    /// <summary>Two numbers made one; their order matters.</summary>
    public static UInt128 Mix(UInt128 before, UInt128 next)
    {
        var (a, b) = ((ulong)before, (ulong)(before >> 64));
        var (c, d) = ((ulong)next, (ulong)(next >> 64));
        var high = Math.BigMul(a ^ c ^ First, b ^ ulong.RotateLeft(d, 23) ^ Second, out var low);
        var highest = Math.BigMul(a ^ d ^ Third, c ^ ulong.RotateLeft(b, 41) ^ Fourth, out var lowest);
        return new UInt128(high ^ lowest ^ (b * First), low ^ highest ^ (c * Second));
    }
}
