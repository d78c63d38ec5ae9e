using System.Buffers;
using System.Text;
using Telemetry.Handler.Tokens.Splitting;
using Telemetry.Handler.Tokens.Vocabularies;

namespace Telemetry.Handler.Tokens;

/// <summary>
/// A byte-pair tokenizer, exact: the ids of OpenAI's <c>tiktoken</c> for the same vocabulary. Nobody publishes the vocabularies of
/// today's Claude models; these predict their counts once the overheads are added, which the estimator does. Immutable and safe
/// for concurrent use; counting allocates nothing once warm. A text that names special tokens, such as <c>&lt;|endoftext|&gt;</c>,
/// is encoded as the text it is. Bytes that are no UTF-8 are encoded one by one, so that decoding gives them back.
/// </summary>
public sealed class TokenCounter : ITokenCounter
{
    internal const string O200kName = "o200k_base";

    private const int StackCharacters = 512;

    private static readonly Lazy<TokenCounter> Cl100k = new(() => new("cl100k_base", new Pieces<Cl100kSplitter>("cl100k_base")));
    private static readonly Lazy<TokenCounter> O200k = new(() => new(O200kName, new Pieces<O200kSplitter>(O200kName)));

    private readonly IPieces _pieces;

    private TokenCounter(string name, IPieces pieces)
    {
        Name = name;
        _pieces = pieces;
    }

    /// <summary>The vocabulary <c>cl100k_base</c>: 100,256 tokens. Loaded when first asked for.</summary>
    public static TokenCounter Cl100kBase => Cl100k.Value;

    /// <summary>The vocabulary <c>o200k_base</c>: 199,998 tokens. Loaded when first asked for.</summary>
    public static TokenCounter O200kBase => O200k.Value;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count(ReadOnlySpan<byte> utf8) => _pieces.Count(utf8, utf8.Length);

    /// <summary>Counts the tokens of a text. A surrogate without its partner counts as U+FFFD.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The number of tokens.</returns>
    public int Count(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > StackCharacters ? ArrayPool<byte>.Shared.Rent(most) : null;
        var utf8 = rented ?? stackalloc byte[StackCharacters];
        var count = Count(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return count;
    }

    /// <summary>Encodes a text.</summary>
    /// <param name="utf8">The text as UTF-8.</param>
    /// <returns>The ids of its tokens.</returns>
    public int[] Encode(ReadOnlySpan<byte> utf8)
    {
        var ids = new ArrayBufferWriter<int>(Math.Max(1, utf8.Length / 3));
        Encode(utf8, ids);
        return ids.WrittenSpan.ToArray();
    }

    /// <summary>Encodes a text into a buffer.</summary>
    /// <param name="utf8">The text as UTF-8.</param>
    /// <param name="ids">Takes the ids of its tokens.</param>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is null.</exception>
    public void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        _pieces.Encode(utf8, ids);
    }

    /// <summary>Decodes tokens.</summary>
    /// <param name="ids">The ids.</param>
    /// <returns>The bytes; they are UTF-8 where the tokens make up whole characters.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public byte[] Decode(ReadOnlySpan<int> ids)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(1, 4 * ids.Length));
        Decode(ids, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Decodes tokens into a buffer.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="bytes">Takes the bytes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public void Decode(ReadOnlySpan<int> ids, IBufferWriter<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var vocabulary = _pieces.Vocabulary;
        foreach (var id in ids)
        {
            var index = id - vocabulary.FirstId;
            if ((uint)index >= (uint)vocabulary.Bytes.Count)
            {
                throw new ArgumentOutOfRangeException(nameof(ids), id, $"{Name} has no token of this id.");
            }

            bytes.Write(vocabulary.Bytes[index]);
        }
    }

    /// <summary>
    /// Counts the pieces of a text that nothing behind it can change: all but its last two. What follows can join the last piece,
    /// and what follows the last can make the one before it longer, as a letter behind an apostrophe does.
    /// </summary>
    /// <param name="utf8">The text, which ends with a whole character.</param>
    /// <param name="settled">Where the last two pieces begin.</param>
    /// <returns>The number of tokens before that place.</returns>
    internal int CountSettled(ReadOnlySpan<byte> utf8, out int settled)
    {
        settled = _pieces.SettledLength(utf8);
        return _pieces.Count(utf8, settled);
    }

    private interface IPieces
    {
        Vocabulary Vocabulary { get; }

        int SettledLength(ReadOnlySpan<byte> utf8);

        int Count(ReadOnlySpan<byte> utf8, int stop);

        void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<int> ids);
    }

    /// <summary>A text piece by piece. Generic over the splitter, so that its code is compiled into the loop.</summary>
    private sealed class Pieces<TSplitter>(string name) : IPieces
        where TSplitter : struct, ISplitter
    {
        private readonly WorkspacePool _workspaces = new();

        public Vocabulary Vocabulary { get; } = Vocabulary.Read(name);

        public int SettledLength(ReadOnlySpan<byte> utf8)
        {
            var (beforeLast, last) = (0, 0);
            for (var start = 0; start < utf8.Length; start = TSplitter.Next(utf8, start))
            {
                (beforeLast, last) = (last, start);
            }

            return beforeLast;
        }

        // Pieces are counted as they are cut within the whole text, also where counting stops before its end.
        public int Count(ReadOnlySpan<byte> utf8, int stop)
        {
            var workspace = _workspaces.Rent();
            try
            {
                return Count(utf8, stop, workspace);
            }
            finally
            {
                _workspaces.Return(workspace);
            }
        }

        public void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<int> ids)
        {
            var workspace = _workspaces.Rent();
            try
            {
                Encode(utf8, ids, workspace);
            }
            finally
            {
                _workspaces.Return(workspace);
            }
        }

        private int Count(ReadOnlySpan<byte> utf8, int stop, Workspace workspace)
        {
            var cache = workspace.Cache;
            var count = 0;
            for (var start = 0; start < stop;)
            {
                var end = TSplitter.Next(utf8, start);
                var length = end - start;
                if (length <= PieceCache.LongestPiece)
                {
                    var key = PieceCache.KeyOf(utf8, start, length);
                    var known = cache.Find(key, out var slot);
                    if (known == 0)
                    {
                        known = BytePairEncoder.Encode(Vocabulary, utf8[start..end], workspace);
                        cache.Keep(key, slot, known);
                    }

                    count += known;
                }
                else
                {
                    count += BytePairEncoder.Encode(Vocabulary, utf8[start..end], workspace);
                }

                start = end;
            }

            return count;
        }

        private void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<int> ids, Workspace workspace)
        {
            for (var start = 0; start < utf8.Length;)
            {
                var end = TSplitter.Next(utf8, start);
                var count = BytePairEncoder.Encode(Vocabulary, utf8[start..end], workspace);
                var source = workspace.Tokens[..count];
                var target = ids.GetSpan(count);
                for (var i = 0; i < count; i++)
                {
                    target[i] = source[i] + Vocabulary.FirstId;
                }

                ids.Advance(count);
                start = end;
            }
        }
    }
}
