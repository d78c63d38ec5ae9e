using System.Text;
using Telemetry.Handler.Content.Parts;
using Telemetry.Handler.Content.Texts;

namespace Telemetry.Handler.Content;

/// <summary>A content block of an answer, as it grows.</summary>
/// <param name="index">Its number in the stream.</param>
/// <param name="part">What is known of it since its start.</param>
internal sealed class AnswerBlock(long index, ContentPart part)
{
    private StringBuilder? _text;
    private StringBuilder? _json;

    public long Index { get; } = index;

    /// <summary>The conventions' name of its kind.</summary>
    public string Type => part.Type;

    public void AppendText(string text) => (_text ??= new StringBuilder(part.Text)).Append(text);

    public void AppendJson(string json) => (_json ??= new StringBuilder()).Append(json);

    /// <summary>The part. Secrets are looked for now, since a delta can end in the middle of one.</summary>
    public ContentPart ToPart(int maxBytes)
    {
        if (_json is not null)
        {
            return part.WithJson("arguments", JsonCopy.Copy(_json.ToString(), maxBytes));
        }

        return _text is null ? part : part.WithText("content", SecretMask.Apply(_text.ToString()));
    }
}
