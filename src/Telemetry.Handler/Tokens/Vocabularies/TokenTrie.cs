using System.Runtime.CompilerServices;

namespace Telemetry.Handler.Tokens.Vocabularies;

/// <summary>
/// Finds the longest token that a text begins with. A trie whose nodes are numbered level by level, so that the children of a
/// node stand side by side; the first two levels are tables.
/// </summary>
internal sealed class TokenTrie
{
    private const int None = -1;
    private const int Pairs = 256 * 256;

    private readonly int[] _tokenOfByte;
    private readonly int[] _nodeOfPair = new int[Pairs];

    // By node: the byte that leads to it, its token or none, and its first child. Its last child is before the next node's first.
    private readonly byte[] _labels;
    private readonly int[] _tokens;
    private readonly int[] _children;

    public TokenTrie(TokenBytes bytes, int[] singles)
    {
        _tokenOfByte = singles;
        NextShorter = new int[bytes.Count];
        Array.Fill(NextShorter, None);
        Array.Fill(_nodeOfPair, None);

        // Nodes are fewer than the bytes of all tokens beyond the first; lists would only copy.
        var builder = new Builder(bytes, TokenOrder.Of(bytes), NextShorter);
        builder.Build(_nodeOfPair);
        (_labels, _tokens, _children) = builder.Take();
    }

    /// <summary>By token: the longest other token that it begins with; -1 when there is none.</summary>
    public int[] NextShorter { get; }

    /// <summary>The longest token that a text begins with.</summary>
    /// <param name="text">The text; not empty.</param>
    public int Longest(ReadOnlySpan<byte> text)
    {
        var longest = _tokenOfByte[text[0]];
        if (text.Length < 2)
        {
            return longest;
        }

        var node = _nodeOfPair[(text[0] << 8) | text[1]];
        for (var depth = 2; node != None; depth++)
        {
            if (_tokens[node] is not None and var token)
            {
                longest = token;
            }

            if (depth == text.Length)
            {
                break;
            }

            node = Child(node, text[depth]);
        }

        return longest;
    }

    private int Child(int node, byte label)
    {
        var first = _children[node];
        var count = _children[node + 1] - first;
        if (count <= 1)
        {
            return count == 1 && _labels[first] == label ? first : None;
        }

        var at = _labels.AsSpan(first, count).IndexOf(label);
        return at < 0 ? None : first + at;
    }

    private sealed class Builder
    {
        private readonly int[] _order;
        private readonly int[] _nextShorter;

        // The tokens' bytes in their order, so that building reads memory forwards.
        private readonly byte[] _bytes;
        private readonly int[] _starts;

        private readonly List<byte> _labels;
        private readonly List<int> _tokens;
        private readonly List<int> _children;

        // The tokens below each node, as a range of the order, and the longest token on the way to it.
        private readonly List<(int Low, int High, int Above)> _ranges;

        public Builder(TokenBytes tokens, int[] order, int[] nextShorter)
        {
            (_order, _nextShorter) = (order, nextShorter);
            _starts = new int[order.Length + 1];
            for (var i = 0; i < order.Length; i++)
            {
                _starts[i + 1] = _starts[i] + tokens.LengthOf(order[i]);
            }

            _bytes = new byte[_starts[^1]];
            for (var i = 0; i < order.Length; i++)
            {
                tokens[order[i]].CopyTo(_bytes.AsSpan(_starts[i]));
            }

            var expected = 2 * order.Length;
            (_labels, _tokens, _children, _ranges) = (new(expected), new(expected), new(expected), new(expected));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Build(int[] nodeOfPair)
        {
            BuildPairs(nodeOfPair);
            for (int node = 0, depth = 2, levelEnd = _ranges.Count; node < _ranges.Count; node++)
            {
                if (node == levelEnd)
                {
                    depth++;
                    levelEnd = _ranges.Count;
                }

                _children.Add(_ranges.Count);
                var (low, high, above) = _ranges[node];
                Split(low, high, depth, above);
            }

            _children.Add(_ranges.Count);
        }

        public (byte[] Labels, int[] Tokens, int[] Children) Take() => ([.. _labels], [.. _tokens], [.. _children]);

        private int LengthOf(int place) => _starts[place + 1] - _starts[place];

        private void BuildPairs(int[] nodeOfPair)
        {
            for (var start = 0; start < _order.Length;)
            {
                var first = _bytes[_starts[start]];
                var single = None;
                if (LengthOf(start) == 1)
                {
                    single = _order[start++];
                }

                var end = start;
                while (end < _order.Length && _bytes[_starts[end]] == first)
                {
                    end++;
                }

                var node = _ranges.Count;
                Split(start, end, 1, single);
                for (; node < _ranges.Count; node++)
                {
                    nodeOfPair[(first << 8) | _labels[node]] = node;
                }

                start = end;
            }
        }

        // Adds a node for each byte that the tokens of a range have at a place.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Split(int low, int high, int depth, int above)
        {
            var (bytes, starts) = (_bytes, _starts);
            for (var start = low; start < high;)
            {
                var label = bytes[starts[start] + depth];
                var end = start + 1;
                while (end < high && bytes[starts[end] + depth] == label)
                {
                    end++;
                }

                Add(start, end, depth, label, above);
                start = end;
            }
        }

        private void Add(int low, int high, int depth, byte label, int above)
        {
            var token = None;
            if (LengthOf(low) == depth + 1)
            {
                token = _order[low++];
                _nextShorter[token] = above;
                above = token;
            }

            _labels.Add(label);
            _tokens.Add(token);
            _ranges.Add((low, high, above));
        }
    }
}
