namespace Telemetry.Handler.Caching;

/// <summary>
/// What decides beside the prompt whether a prefix is found in the cache. Every number stands for a value, zero for the default
/// or none; equal numbers mean equal values.
/// </summary>
internal readonly record struct CacheParameters
{
    /// <summary>The set of beta features, whatever their order.</summary>
    public ulong Betas { get; init; }

    /// <summary>The speed.</summary>
    public ulong Speed { get; init; }

    /// <summary>Where inference is to run.</summary>
    public ulong Geo { get; init; }

    /// <summary>Web search and web fetch among the tools, which the provider explains in the system prompt.</summary>
    public ulong WebTools { get; init; }

    /// <summary>Which of the first 64 tools these are, a bit for each.</summary>
    public ulong WebToolPlaces { get; init; }

    /// <summary>Whether a document is to be cited, which the provider explains in the system prompt.</summary>
    public bool HasCitations { get; init; }

    /// <summary><c>tool_choice</c>.</summary>
    public ulong ToolChoice { get; init; }

    /// <summary>Thinking's mode and budget.</summary>
    public ulong Thinking { get; init; }

    /// <summary><c>output_config.effort</c>.</summary>
    public ulong Effort { get; init; }

    /// <summary>The schema that the answer must follow.</summary>
    public ulong Format { get; init; }

    /// <summary><c>mcp_servers</c>, whose tools the provider adds to those of the request.</summary>
    public ulong McpServers { get; init; }

    /// <summary><c>container.skills</c>, which the provider explains in the system prompt.</summary>
    public ulong Skills { get; init; }

    /// <summary><c>output_config.task_budget</c>: what is left of how much.</summary>
    public ulong TaskBudget { get; init; }

    /// <summary><c>context_management</c>: what the provider may take out of the history.</summary>
    public ulong ContextManagement { get; init; }

    /// <summary>How many images there are.</summary>
    public int Images { get; init; }
}
