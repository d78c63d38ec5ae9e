using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Telemetry.Handler.Tokens.Vocabularies;

/// <summary>Sorts tokens by their bytes.</summary>
internal static class TokenOrder
{
    private const int DigitBits = 16;
    private const int Digits = 1 << DigitBits;

    /// <summary>The indices of all tokens, in the order of their bytes.</summary>
    public static int[] Of(TokenBytes tokens)
    {
        var keys = Keys(tokens);
        var order = new int[keys.Length];
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        SortByKey(ref keys, ref order);
        SortEqualKeys(tokens, keys, order);
        return order;
    }

    // The first eight bytes as a number; zeros stand for what a shorter token lacks.
    private static ulong[] Keys(TokenBytes tokens)
    {
        var keys = new ulong[tokens.Count];
        Span<byte> first = stackalloc byte[sizeof(ulong)];
        for (var index = 0; index < keys.Length; index++)
        {
            var bytes = tokens[index];
            first.Clear();
            bytes[..Math.Min(bytes.Length, first.Length)].CopyTo(first);
            keys[index] = BinaryPrimitives.ReadUInt64BigEndian(first);
        }

        return keys;
    }

    // A radix sort: a general one takes longer than all else that loading a vocabulary does.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortByKey(ref ulong[] keys, ref int[] order)
    {
        var (fromKeys, fromOrder) = (keys, order);
        var (toKeys, toOrder) = (new ulong[keys.Length], new int[order.Length]);
        var places = new int[Digits];
        for (var shift = 0; shift < 64; shift += DigitBits)
        {
            Array.Clear(places);
            foreach (var key in fromKeys)
            {
                places[(ushort)(key >> shift)]++;
            }

            var next = 0;
            for (var digit = 0; digit < places.Length; digit++)
            {
                (places[digit], next) = (next, next + places[digit]);
            }

            for (var i = 0; i < fromKeys.Length; i++)
            {
                var place = places[(ushort)(fromKeys[i] >> shift)]++;
                toKeys[place] = fromKeys[i];
                toOrder[place] = fromOrder[i];
            }

            (fromKeys, toKeys) = (toKeys, fromKeys);
            (fromOrder, toOrder) = (toOrder, fromOrder);
        }

        (keys, order) = (fromKeys, fromOrder);
    }

    private static void SortEqualKeys(TokenBytes tokens, ulong[] keys, int[] order)
    {
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                order.AsSpan(start, end - start).Sort((a, b) => tokens[a].SequenceCompareTo(tokens[b]));
            }

            start = end;
        }
    }
}
