namespace Telemetry.Handler.Tokens.Vocabularies;

/// <summary>A byte-pair encoding, ready for use. Immutable.</summary>
internal sealed class Vocabulary
{
    private readonly int[] _left;
    private readonly int[] _right;
    private readonly MergeTable _merges;
    private readonly TokenTrie _trie;

    private Vocabulary(VocabularyFile file)
    {
        _left = file.Left;
        _right = file.Right;
        FirstId = file.FirstId;
        var merges = Task.Run(() => new MergeTable(file.Left, file.Right));
        Bytes = new TokenBytes(file);
        _trie = new TokenTrie(Bytes, file.Singles);
        // Cannot deadlock: the task awaits nothing and takes no lock, and runs here if no thread of the pool has begun it.
        _merges = merges.GetAwaiter().GetResult();
    }

    /// <summary>The lowest id. A token's index is its id less this.</summary>
    public int FirstId { get; }

    /// <summary>The bytes of the tokens, by index.</summary>
    public TokenBytes Bytes { get; }

    /// <summary>Reads an embedded vocabulary.</summary>
    public static Vocabulary Read(string name) => new(VocabularyFile.Read(name));

    /// <summary>The longest token that a text begins with, by index.</summary>
    public int Longest(ReadOnlySpan<byte> text) => _trie.Longest(text);

    /// <summary>The longest other token that a token begins with; -1 when there is none.</summary>
    public int NextShorter(int token) => _trie.NextShorter[token];

    /// <summary>
    /// Whether two tokens stand side by side in the encoding of their joined bytes. Plays the merges backwards: at no time may
    /// the two symbols at the border have been a pair that was to be merged before the pair that was.
    /// </summary>
    public bool CanFollow(int left, int right)
    {
        var before = int.MaxValue;
        while (true)
        {
            if (_merges.Find(left, right) < before)
            {
                return false;
            }

            // The younger of the two was merged last. Of two alike the right one was: equal merges go from left to right.
            var (leftAge, rightAge) = (AgeOf(left), AgeOf(right));
            if (leftAge < 0 && rightAge < 0)
            {
                return true;
            }

            if (leftAge > rightAge)
            {
                before = left;
                left = _right[left];
            }
            else
            {
                before = right + 1;
                right = _left[right];
            }
        }
    }

    // Single bytes are there from the beginning.
    private int AgeOf(int token) => _left[token] < 0 ? -1 : token;
}
