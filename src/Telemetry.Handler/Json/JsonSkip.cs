namespace Telemetry.Handler.Json;

/// <summary>
/// Goes over one JSON object or array that nobody wants, however large and deep. It looks at nothing but strings and brackets.
/// </summary>
internal sealed class JsonSkip
{
    private const int KnownLevels = 64;

    private readonly JsonString _string = new(longestText: 0);
    private long _depth;
    private ulong _arrays;
    private bool _isTooDeep;
    private bool _inString;

    /// <summary>The bytes so far, both brackets included.</summary>
    public long Size { get; private set; }

    /// <summary>Whether the brackets do not fit each other.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Begins after an opening bracket.</summary>
    public void Begin(bool isArray)
    {
        _depth = 1;
        _arrays = isArray ? 1UL : 0;
        _isTooDeep = _inString = HasFailed = false;
        Size = 1;
    }

    /// <summary>Takes bytes up to and including the closing bracket.</summary>
    /// <param name="bytes">The bytes; what was taken is cut off the front.</param>
    /// <returns>Whether it is over: at its closing bracket, or failed.</returns>
    public bool Feed(ref ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var before = bytes.Length;
            var isOver = _inString ? FeedString(ref bytes) : FeedStructure(ref bytes);
            Size += before - bytes.Length;
            if (isOver)
            {
                return true;
            }
        }

        return false;
    }

    private bool FeedString(ref ReadOnlySpan<byte> bytes)
    {
        _inString = !_string.Feed(ref bytes);
        return false;
    }

    private bool FeedStructure(ref ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOfAny("\"{}[]"u8);
        if (at < 0)
        {
            bytes = [];
            return false;
        }

        var next = bytes[at];
        bytes = bytes[(at + 1)..];
        switch (next)
        {
            case (byte)'"':
                _string.Begin(keep: false);
                _inString = true;
                return false;
            case (byte)'{' or (byte)'[':
                _isTooDeep |= ++_depth > KnownLevels;
                _arrays = (_arrays << 1) | (next == (byte)'[' ? 1UL : 0);
                return false;
            default:
                return Leave(next == (byte)']');
        }
    }

    private bool Leave(bool isArray)
    {
        // The kinds of 64 levels are kept; what once went deeper is only counted on its way out.
        HasFailed = !_isTooDeep && isArray != ((_arrays & 1) != 0);
        _arrays >>= 1;
        return --_depth == 0 || HasFailed;
    }
}
