using System.Text.Json;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>Reads who speaks in a message.</summary>
internal static class MessageRole
{
    /// <summary>The role that the reader's value names.</summary>
    public static SegmentRole Of(in Utf8JsonReader json) => json.ValueSpan switch
    {
        _ when json.TokenType != JsonTokenType.String => SegmentRole.None,
        var value when value.SequenceEqual("user"u8) => SegmentRole.User,
        var value when value.SequenceEqual("assistant"u8) => SegmentRole.Assistant,
        var value when value.SequenceEqual("system"u8) => SegmentRole.System,
        _ => SegmentRole.None,
    };

    /// <summary>The first role of the message that the reader stands on.</summary>
    /// <param name="json">A copy of the reader.</param>
    public static SegmentRole FirstIn(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = MemberNames.Of(ref json) == MemberName.Role;
            json.Read();
            if (isRole)
            {
                // Clients put the role first; whatever stands behind it need not be read twice.
                return Of(json);
            }

            json.Skip();
        }

        return SegmentRole.None;
    }
}
