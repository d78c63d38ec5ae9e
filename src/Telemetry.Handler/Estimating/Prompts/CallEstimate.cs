using Telemetry.Handler.Estimating.Calibrating;
using Telemetry.Handler.Estimating.Sizing;

namespace Telemetry.Handler.Estimating.Prompts;

/// <summary>What a call's input was estimated at before it was answered, and what is needed to learn from the answer. Holds no content.</summary>
internal sealed record CallEstimate
{
    /// <summary>The model, as one name for all spellings.</summary>
    public required string Model { get; init; }

    /// <summary>The input tokens.</summary>
    public required long InputTokens { get; init; }

    /// <summary>The lower end of the interval in which nine of ten calls are.</summary>
    public required long InputTokensLow { get; init; }

    /// <summary>The upper end of the interval.</summary>
    public required long InputTokensHigh { get; init; }

    /// <summary>The tokens of the longest beginning that a measured prompt had too; zero where none had.</summary>
    public required long SharedTokens { get; init; }

    /// <summary>The tokens by source, by the shipped constants.</summary>
    public required SourceVector Cold { get; init; }

    /// <summary>What was doubtful.</summary>
    public required Doubt Doubts { get; init; }

    /// <summary>The beginnings under which the call is remembered once it is measured.</summary>
    public required IReadOnlyList<PromptBeginning> Kept { get; init; }
}
