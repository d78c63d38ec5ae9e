using System.Runtime.CompilerServices;

namespace Telemetry.Handler.Tokens.Vocabularies;

/// <summary>Which token two neighbours merge into: a hash table with open addressing, one 64-bit word an entry.</summary>
internal sealed class MergeTable
{
    // 21 bits each for the left part, the right part and the merged token, all of them one more than the index.
    private const int IndexBits = 21;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly ulong[] _entries;
    private readonly int _shift;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public MergeTable(int[] left, int[] right)
    {
        var bits = 1;
        while (1 << bits < 2 * left.Length)
        {
            bits++;
        }

        _entries = new ulong[1 << bits];
        _shift = 64 - bits;
        for (var index = 0; index < left.Length; index++)
        {
            if (left[index] >= 0)
            {
                Add(KeyOf(left[index], right[index]), index);
            }
        }
    }

    /// <summary>Finds what two tokens merge into.</summary>
    /// <returns>The index; <see cref="int.MaxValue"/> when they do not merge.</returns>
    public int Find(int left, int right)
    {
        var key = KeyOf(left, right);
        var entries = _entries;
        for (var slot = SlotOf(key); ; slot = (slot + 1) & (entries.Length - 1))
        {
            var entry = entries[slot];
            if (entry == 0)
            {
                return int.MaxValue;
            }

            if (entry >> IndexBits == key)
            {
                return (int)(entry & ((1UL << IndexBits) - 1)) - 1;
            }
        }
    }

    private static ulong KeyOf(int left, int right) => ((ulong)(uint)(left + 1) << IndexBits) | (uint)(right + 1);

    private int SlotOf(ulong key) => (int)((key * Multiplier) >> _shift);

    private void Add(ulong key, int index)
    {
        var slot = SlotOf(key);
        while (_entries[slot] != 0)
        {
            slot = (slot + 1) & (_entries.Length - 1);
        }

        _entries[slot] = (key << IndexBits) | (uint)(index + 1);
    }
}
