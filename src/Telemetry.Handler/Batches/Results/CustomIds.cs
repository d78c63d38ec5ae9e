namespace Telemetry.Handler.Batches.Results;

/// <summary>Notices when a name comes twice in one file. It keeps hashes, of as many names as a batch can have.</summary>
internal sealed class CustomIds
{
    /// <summary>The most requests of a batch; names beyond are not told apart here, only by the ledger.</summary>
    public const int MostNames = 100_000;

    // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/: with 64 bits no two of so few names are likely to meet.
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly HashSet<ulong> _seen = [];

    /// <summary>Takes note of a name.</summary>
    /// <returns>Whether it was there before.</returns>
    public bool IsRepeated(string name)
    {
        var hash = HashOf(name);
        return _seen.Count < MostNames ? !_seen.Add(hash) : _seen.Contains(hash);
    }

    private static ulong HashOf(string name)
    {
        var hash = OffsetBasis;
        foreach (var unit in name)
        {
            hash = (((hash ^ (byte)unit) * Prime) ^ (byte)(unit >> 8)) * Prime;
        }

        return hash;
    }
}
