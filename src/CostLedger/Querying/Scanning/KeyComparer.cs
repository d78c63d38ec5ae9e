namespace CostLedger.Querying.Scanning;

/// <summary>Compares group keys number by number, also without making an array first.</summary>
internal sealed class KeyComparer : IEqualityComparer<long[]>, IAlternateEqualityComparer<ReadOnlySpan<long>, long[]>
{
    public static KeyComparer Instance { get; } = new();

    public bool Equals(long[]? x, long[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<long> alternate, long[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(long[] obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<long> alternate)
    {
        var hash = default(HashCode);
        foreach (var part in alternate)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }

    public long[] Create(ReadOnlySpan<long> alternate) => alternate.ToArray();
}
