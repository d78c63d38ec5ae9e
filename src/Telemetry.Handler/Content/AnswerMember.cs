namespace Telemetry.Handler.Content;

/// <summary>The members of an answer's documents that bring content.</summary>
internal enum AnswerMember : byte
{
    Message,
    Content,
    Block,
    Delta,
    Index,
    Role,
    Id,
    Text,
    Thinking,
    Input,
    Reasoning,
    Tool,
}
