using System.Numerics;

namespace CostLedger.Querying.Scanning;

/// <summary>
/// Percentiles of figures that are not negative. All figures are kept until there are more than <see cref="MaxExact"/>, or one is
/// beyond 32 bits; from then on they are only counted, in steps of a 1,024th of their size. What comes out depends on the
/// figures alone, not on their order or on how they were divided among scans.
/// </summary>
internal sealed class Distribution
{
    /// <summary>How many figures are kept as they are: 64 KiB, about what their counts take.</summary>
    public const int MaxExact = 16_384;

    // Each doubling of size is divided into so many steps; the figure given is in the middle of one, 1/2048 off at most.
    private const int StepBits = 10;
    private const int Steps = 1 << StepBits;
    private const int FirstCapacity = 8;

    private uint[] _exact = [];
    private int _kept;
    private uint[]?[]? _counts;
    private long _min = long.MaxValue;

    /// <summary>How many figures.</summary>
    public long Count { get; private set; }

    /// <summary>The greatest figure; always exact.</summary>
    public long Max { get; private set; }

    /// <summary>Whether percentiles are figures that were added, not the middle of a step.</summary>
    public bool IsExact => _counts is null;

    /// <summary>Adds a figure; a negative one, which a damaged row can have, counts as zero.</summary>
    public void Add(long value)
    {
        value = Math.Max(0, value);
        Note(value, value, 1);
        if (_counts is null && _kept < MaxExact && value <= uint.MaxValue)
        {
            Keep((uint)value);
            return;
        }

        ToCounts();
        Increase(value, 1);
    }

    /// <summary>Adds all figures of another.</summary>
    public void Add(Distribution other)
    {
        if (other.Count == 0)
        {
            return;
        }

        Note(other._min, other.Max, other.Count);
        if (other._counts is not null || _counts is not null || _kept + other._kept > MaxExact)
        {
            ToCounts();
            AddCounts(other);
            return;
        }

        foreach (var value in other._exact.AsSpan(0, other._kept))
        {
            Keep(value);
        }
    }

    /// <summary>
    /// The nearest-rank percentiles: the smallest figure that at least so much of all figures does not exceed.
    /// </summary>
    /// <param name="percents">The percentiles, each of 0 to 100.</param>
    /// <returns>As many figures; nothing is there to ask where <see cref="Count"/> is zero.</returns>
    public long[] At(params ReadOnlySpan<int> percents)
    {
        var found = new long[percents.Length];
        if (_counts is null)
        {
            var sorted = _exact.AsSpan(0, _kept);
            sorted.Sort();
            for (var i = 0; i < percents.Length; i++)
            {
                found[i] = sorted[(int)RankOf(percents[i]) - 1];
            }

            return found;
        }

        for (var i = 0; i < percents.Length; i++)
        {
            found[i] = Math.Clamp(FindRank(RankOf(percents[i])), _min, Max);
        }

        return found;
    }

    /// <summary>The figures in rising order and how often each was added; as exact as the percentiles.</summary>
    public IEnumerable<(long Figure, long Count)> Counts() => _counts is null ? ExactCounts() : StepCounts(_counts);

    private IEnumerable<(long Figure, long Count)> ExactCounts()
    {
        _exact.AsSpan(0, _kept).Sort();
        for (var start = 0; start < _kept;)
        {
            var end = start + 1;
            while (end < _kept && _exact[end] == _exact[start])
            {
                end++;
            }

            yield return (_exact[start], end - start);
            start = end;
        }
    }

    private IEnumerable<(long Figure, long Count)> StepCounts(uint[]?[] counts)
    {
        for (var block = 0; block < counts.Length; block++)
        {
            for (var step = 0; step < counts[block]?.Length; step++)
            {
                if (counts[block]![step] is > 0 and var count)
                {
                    yield return (Math.Clamp(MiddleOf(block, step), _min, Max), count);
                }
            }
        }
    }

    private long RankOf(int percent) => Math.Max(1, ((Count * percent) + 99) / 100);

    private void Note(long min, long max, long count)
    {
        Count += count;
        _min = Math.Min(_min, min);
        Max = Math.Max(Max, max);
    }

    private void Keep(uint value)
    {
        if (_kept == _exact.Length)
        {
            Array.Resize(ref _exact, Math.Clamp(_kept * 2, FirstCapacity, MaxExact));
        }

        _exact[_kept++] = value;
    }

    private void ToCounts()
    {
        if (_counts is not null)
        {
            return;
        }

        _counts = new uint[]?[64 - StepBits];
        foreach (var value in _exact.AsSpan(0, _kept))
        {
            Increase(value, 1);
        }

        (_exact, _kept) = ([], 0);
    }

    private void AddCounts(Distribution other)
    {
        foreach (var value in other._exact.AsSpan(0, other._kept))
        {
            Increase(value, 1);
        }

        for (var block = 0; block < other._counts?.Length; block++)
        {
            for (var step = 0; step < other._counts[block]?.Length; step++)
            {
                var count = other._counts[block]![step];
                if (count > 0)
                {
                    Block(block)[step] += count;
                }
            }
        }
    }

    // Block 0 holds the figures below 1,024, each its own step; every later block a doubling.
    private void Increase(long value, uint by)
    {
        var block = Math.Max(0, BitOperations.Log2((ulong)value) - StepBits + 1);
        var step = block == 0 ? value : (value >> (block - 1)) - Steps;
        Block(block)[step] += by;
    }

    private uint[] Block(int block) => _counts![block] ??= new uint[Steps];

    private long FindRank(long rank)
    {
        for (var block = 0; block < _counts!.Length; block++)
        {
            for (var step = 0; step < _counts[block]?.Length; step++)
            {
                rank -= _counts[block]![step];
                if (rank <= 0)
                {
                    return MiddleOf(block, step);
                }
            }
        }

        return Max;
    }

    private static long MiddleOf(int block, int step)
    {
        if (block == 0)
        {
            return step;
        }

        var width = 1L << (block - 1);
        return ((long)(Steps + step) << (block - 1)) + ((width - 1) / 2);
    }
}
