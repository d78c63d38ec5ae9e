using System.Buffers;

namespace Telemetry.Handler.Tokens;

/// <summary>What one thread needs to count: room for the tokens of a piece, and the counts of pieces seen before.</summary>
internal sealed class Workspace
{
    private const int UsualPiece = 1024;
    private const int BitsPerWord = 64;

    private readonly int[] _usualTokens = new int[UsualPiece];
    private readonly ulong[] _usualGivenUp = new ulong[WordsFor(UsualPiece)];
    private int[] _tokens;
    private ulong[] _givenUp;
    private int _length;

    public Workspace()
    {
        _tokens = _usualTokens;
        _givenUp = _usualGivenUp;
    }

    /// <summary>The counts of pieces seen before.</summary>
    public PieceCache Cache { get; } = new();

    /// <summary>The tokens of a piece; there are at most as many as bytes.</summary>
    public Span<int> Tokens => _tokens;

    /// <summary>A bit for each place of a piece, and one for its end.</summary>
    public Span<ulong> GivenUp => _givenUp.AsSpan(0, WordsFor(_length));

    /// <summary>Makes room for a piece.</summary>
    public void Prepare(int length)
    {
        _length = length;
        if (_tokens.Length < length || _givenUp.Length < WordsFor(length))
        {
            Shrink();
            _tokens = ArrayPool<int>.Shared.Rent(length);
            _givenUp = ArrayPool<ulong>.Shared.Rent(WordsFor(length));
        }

        GivenUp.Clear();
    }

    /// <summary>Gives back the room that only an unusual piece needed.</summary>
    public void Shrink()
    {
        if (_tokens != _usualTokens)
        {
            ArrayPool<int>.Shared.Return(_tokens);
            _tokens = _usualTokens;
        }

        if (_givenUp != _usualGivenUp)
        {
            ArrayPool<ulong>.Shared.Return(_givenUp);
            _givenUp = _usualGivenUp;
        }
    }

    private static int WordsFor(int length) => (length / BitsPerWord) + 1;
}
