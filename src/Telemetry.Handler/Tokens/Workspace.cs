namespace Telemetry.Handler.Tokens;

/// <summary>What one thread needs to count: room for the tokens of a piece, and the counts of pieces seen before.</summary>
internal sealed class Workspace
{
    private const int UsualPiece = 256;

    private int[] _tokens = new int[UsualPiece];
    private ulong[] _givenUp = new ulong[(UsualPiece / 64) + 1];
    private int _length;

    /// <summary>The counts of pieces seen before.</summary>
    public PieceCache Cache { get; } = new();

    /// <summary>The tokens of a piece; there are at most as many as bytes.</summary>
    public Span<int> Tokens => _tokens;

    /// <summary>A bit for each place of a piece, and one for its end.</summary>
    public Span<ulong> GivenUp => _givenUp.AsSpan(0, (_length / 64) + 1);

    /// <summary>Makes room for a piece.</summary>
    public void Prepare(int length)
    {
        _length = length;
        if (_tokens.Length < length)
        {
            _tokens = new int[length];
            _givenUp = new ulong[(length / 64) + 1];
        }

        GivenUp.Clear();
    }

    /// <summary>Lets go of room that only an unusual piece needed.</summary>
    public void Trim(int most)
    {
        if (_tokens.Length > most)
        {
            _tokens = new int[UsualPiece];
            _givenUp = new ulong[(UsualPiece / 64) + 1];
        }
    }
}
