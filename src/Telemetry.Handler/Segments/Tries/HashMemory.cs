namespace Telemetry.Handler.Segments.Tries;

/// <summary>
/// Numbers by hash, as many as fit into a number of bytes; what was not asked for longest is forgotten first. Keys must be
/// keyed hashes: their bits are taken for random. Thread-safe; allocates only to grow.
/// </summary>
internal sealed class HashMemory
{
    /// <summary>The bytes of an entry, its share of the buckets and of their growth included.</summary>
    public const int BytesPerEntry = 48;

    private const int PageShift = 8;
    private const int PageSize = 1 << PageShift;
    private const int None = -1;

    private readonly Lock _gate = new();
    private readonly int _capacity;
    private readonly List<Entry[]> _pages = [];
    private int[] _buckets;
    private int _count;
    private int _newest = None;
    private int _oldest = None;

    /// <param name="bytes">The most bytes to use; at least one entry is kept.</param>
    public HashMemory(long bytes)
    {
        _capacity = (int)Math.Clamp(bytes / BytesPerEntry, 1, Array.MaxLength / 2);
        _buckets = NewBuckets(Math.Min(PageSize, _capacity));
    }

    /// <summary>How many numbers are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Finds a number.</summary>
    public bool TryGet(UInt128 key, out int value)
    {
        lock (_gate)
        {
            var index = FindNeedsLock(key);
            value = index == None ? 0 : At(index).Value;
            if (index != None)
            {
                UnlinkNeedsLock(index);
                LinkNewestNeedsLock(index);
            }

            return index != None;
        }
    }

    /// <summary>Keeps a number, in the place of an earlier one of the same key.</summary>
    public void Set(UInt128 key, int value)
    {
        lock (_gate)
        {
            var index = FindNeedsLock(key);
            if (index == None)
            {
                index = AddNeedsLock(key);
            }
            else
            {
                UnlinkNeedsLock(index);
            }

            At(index).Value = value;
            LinkNewestNeedsLock(index);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Array.Fill(_buckets, None);
            (_count, _newest, _oldest) = (0, None, None);
        }
    }

    private static int[] NewBuckets(int count)
    {
        var buckets = new int[(int)Math.Min(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count), 1 << 30)];
        Array.Fill(buckets, None);
        return buckets;
    }

    private ref Entry At(int index) => ref _pages[index >> PageShift][index & (PageSize - 1)];

    private ref int BucketOf(UInt128 key) => ref _buckets[(int)((uint)key & (uint)(_buckets.Length - 1))];

    private int FindNeedsLock(UInt128 key)
    {
        var index = BucketOf(key);
        while (index != None && At(index).Key != key)
        {
            index = At(index).Next;
        }

        return index;
    }

    private int AddNeedsLock(UInt128 key)
    {
        var index = _count < _capacity ? TakeNewNeedsLock() : TakeOldestNeedsLock();
        ref var bucket = ref BucketOf(key);
        At(index) = new Entry { Key = key, Next = bucket };
        bucket = index;
        return index;
    }

    private int TakeNewNeedsLock()
    {
        if (_count >> PageShift == _pages.Count)
        {
            _pages.Add(new Entry[PageSize]);
        }

        if (_count == _buckets.Length)
        {
            GrowNeedsLock();
        }

        return _count++;
    }

    private int TakeOldestNeedsLock()
    {
        var index = _oldest;
        UnlinkNeedsLock(index);
        ref var link = ref BucketOf(At(index).Key);
        while (link != index)
        {
            link = ref At(link).Next;
        }

        link = At(index).Next;
        return index;
    }

    private void GrowNeedsLock()
    {
        _buckets = NewBuckets(_buckets.Length * 2);
        for (var i = 0; i < _count; i++)
        {
            ref var bucket = ref BucketOf(At(i).Key);
            At(i).Next = bucket;
            bucket = i;
        }
    }

    private void UnlinkNeedsLock(int index)
    {
        var (newer, older) = (At(index).Newer, At(index).Older);
        (newer == None ? ref _newest : ref At(newer).Older) = older;
        (older == None ? ref _oldest : ref At(older).Newer) = newer;
    }

    private void LinkNewestNeedsLock(int index)
    {
        (At(index).Newer, At(index).Older) = (None, _newest);
        (_newest == None ? ref _oldest : ref At(_newest).Newer) = index;
        _newest = index;
    }

    private struct Entry
    {
        public UInt128 Key;
        public int Value;
        public int Next;
        public int Newer;
        public int Older;
    }
}
