namespace Telemetry.Handler.Tokens.Splitting;

/// <summary>Cuts a text into pieces that are encoded each by itself: a vocabulary's pattern, written out by hand.</summary>
internal interface ISplitter
{
    /// <summary>Finds the end of a piece.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="start">Where the piece begins; within the text.</param>
    /// <returns>Where the next one begins.</returns>
    static abstract int Next(ReadOnlySpan<byte> text, int start);
}
