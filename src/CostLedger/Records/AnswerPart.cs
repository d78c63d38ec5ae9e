namespace CostLedger.Records;

/// <summary>A piece of the time in which a streamed answer came: a content block, or a silence. Silences lie within blocks or between them.</summary>
/// <param name="Kind">The block's type in the API's words (<c>thinking</c>, <c>text</c>, <c>tool_use</c>, …), or <see cref="Silence"/>.</param>
/// <param name="Start">When it began, from the attempt's start by a monotonic clock.</param>
/// <param name="End">When it ended; of a block that was cut off, when the answer did.</param>
public sealed record AnswerPart(string Kind, TimeSpan Start, TimeSpan End)
{
    /// <summary>The <see cref="Kind"/> of a time in which the caller waited and no byte came.</summary>
    public const string Silence = "silence";
}
