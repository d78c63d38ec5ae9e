namespace Telemetry.Handler.Content.Parts;

/// <summary>One message.</summary>
/// <param name="role">Whose it is; null for parts that belong to no message, as those of a system prompt.</param>
internal sealed class ContentMessage(string? role)
{
    public string? Role { get; } = role;

    /// <summary>Why the model stopped, in the conventions' words; null for a message that was sent.</summary>
    public string? FinishReason { get; set; }

    public List<ContentPart> Parts { get; } = [];
}
