namespace Telemetry.Handler.Documents;

/// <summary>
/// How much output was received, by kind: what an answer that was cut off is estimated from. Bytes are those of the unescaped
/// text in UTF-8. Padding, field names and what the server's tools returned are not output and are left out.
/// </summary>
/// <param name="Text">Bytes of text blocks.</param>
/// <param name="Thinking">Bytes of thinking that was shown; it may be a summary of more.</param>
/// <param name="ToolInput">Bytes of JSON that the model wrote as tool input.</param>
/// <param name="Signature">Bytes of thinking signatures; they grow with the thinking that is not shown.</param>
/// <param name="Compaction">Bytes of compaction summaries.</param>
internal readonly record struct Received(long Text, long Thinking, long ToolInput, long Signature, long Compaction)
{
    public static Received operator +(Received left, Received right) => new(
        left.Text + right.Text,
        left.Thinking + right.Thinking,
        left.ToolInput + right.ToolInput,
        left.Signature + right.Signature,
        left.Compaction + right.Compaction);
}
