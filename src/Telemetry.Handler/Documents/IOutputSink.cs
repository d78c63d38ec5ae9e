using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Documents;

/// <summary>
/// Is shown what a model writes into a stream, whatever its framing: texts, thinking that is shown, and the JSON of tool input.
/// Called while the caller waits for its bytes; it must not throw.
/// </summary>
internal interface IOutputSink
{
    /// <summary>A part of what the document in hand brings.</summary>
    /// <param name="kind">Its kind: <see cref="Field.TextSize"/>, <see cref="Field.ThinkingSize"/> or <see cref="Field.ToolInputSize"/>.</param>
    /// <param name="part">Unescaped UTF-8, cut anywhere; valid during the call only.</param>
    void OnText(Field kind, ReadOnlySpan<byte> part);

    /// <summary>The document is over and was taken in.</summary>
    /// <param name="type">What it was.</param>
    void OnDocument(EventType type);

    /// <summary>The document is not whole, or not sound: what was shown of it does not count.</summary>
    void OnDropped();
}
