namespace Telemetry.Handler.Messages;

/// <summary>
/// Is shown the JSON documents of an answer as they pass: each event's, or the one of a body. Whatever the framing of the stream,
/// the documents are the same. Called while the caller waits for its bytes; it must not throw.
/// </summary>
internal interface IAnswerTap
{
    /// <summary>A part of a document.</summary>
    /// <param name="part">The bytes; valid during the call only.</param>
    void OnData(ReadOnlySpan<byte> part);

    /// <summary>The document is over; more data belongs to the next.</summary>
    void OnDocument();

    /// <summary>The document is not whole, or not sound: what was shown of it does not count.</summary>
    void OnDropped();
}
