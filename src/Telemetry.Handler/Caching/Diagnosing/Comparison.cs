using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Model;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>A call beside the previous one of its conversation, as both stood when the call started.</summary>
internal sealed record Comparison
{
    public required CallMark Call { get; init; }

    public required CallMark Previous { get; init; }

    /// <summary>The entries that the previous call had marked.</summary>
    public required EarlierPlace[] Places { get; init; }

    /// <summary>In what they differ beside the prompt.</summary>
    public required CacheDimensions Differing { get; init; }

    /// <summary>Where the prompts differ; null where the call's continues the previous one.</summary>
    public required PathDifference? Difference { get; init; }

    /// <summary>The first thinking that the previous prompt had and this one has not, by the provider's doing; -1 where there is none.</summary>
    public required int Stripped { get; init; }

    /// <summary>The tokens of what both prompts begin with.</summary>
    public required int SharedTokens { get; init; }

    /// <summary>Whether another model answered than was asked.</summary>
    public bool IsOtherModel { get; init; }

    /// <summary>Whether the provider took something out of the history (<c>context_management.applied_edits</c>).</summary>
    public bool IsCleared { get; init; }
}
