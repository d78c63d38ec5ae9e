namespace Telemetry.Handler.Segments.Reading;

/// <summary>The members that segments are made of.</summary>
internal enum MemberName : byte
{
    Other,
    Type,
    Text,
    Name,
    Description,
    InputSchema,
    Input,
    Content,
    Thinking,
    Data,
    Source,
    Signature,
    Id,
    ToolUseId,
    Role,
    Ttl,
    CacheControl,
    Tools,
    System,
    Messages,
    Thread,
    MediaType,
    ToolChoice,
    OutputConfig,
    OutputFormat,
    Format,
    Schema,
    IsError,
}
