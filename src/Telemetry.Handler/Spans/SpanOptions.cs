using Telemetry.Handler.Names;

namespace Telemetry.Handler.Spans;

/// <summary>How spans are written.</summary>
internal sealed record SpanOptions
{
    /// <summary>The names that are emitted.</summary>
    public SemanticConventions Conventions { get; init; }

    /// <summary>Whether an inference span that is there already (the official SDK's) is enriched, and not repeated by one of ours.</summary>
    public bool Adopt { get; init; } = true;

    /// <summary>Whether the cost is also written as <c>gen_ai.usage.cost.*</c>, which the conventions have not accepted yet.</summary>
    public bool CostAlias { get; init; }
}
