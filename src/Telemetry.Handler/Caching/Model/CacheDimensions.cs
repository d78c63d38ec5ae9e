namespace Telemetry.Handler.Caching.Model;

/// <summary>What differs between two requests beside their prompts.</summary>
[Flags]
internal enum CacheDimensions
{
    None = 0,
    Workspace = 1,
    Location = 2,
    Model = 4,
    Betas = 8,
    Geo = 16,
    Speed = 32,
    WebTools = 64,
    Citations = 128,
    ToolChoice = 256,
    Thinking = 512,
    Effort = 1024,
    Format = 2048,
    Images = 4096,
    McpServers = 8192,
    Skills = 16384,
    TaskBudget = 32768,

    /// <summary>It changes nothing before the provider makes use of it: it can explain a loss, and foretells none.</summary>
    ContextManagement = 65536,

    /// <summary>What makes every prefix another.</summary>
    All = Workspace | Location | Model | Betas | Geo | McpServers,

    /// <summary>What makes prefixes another from the system prompt on.</summary>
    FromSystem = Speed | WebTools | Citations | Skills,

    /// <summary>What makes prefixes another from the messages on.</summary>
    FromMessages = ToolChoice | Thinking | Effort | Format | Images | TaskBudget | ContextManagement,
}
