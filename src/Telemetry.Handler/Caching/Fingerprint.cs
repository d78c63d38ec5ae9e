namespace Telemetry.Handler.Caching;

/// <summary>Numbers that stand for values within this process (FNV-1a, 64 bits). Not for secrets, and not to be stored.</summary>
internal static class Fingerprint
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The number of a text.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Basis;
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash;
    }

    /// <summary>The number of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Basis;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    /// <summary>The number of a value and one more.</summary>
    public static ulong Add(ulong before, long value) => (before ^ (ulong)value) * Prime;
}
