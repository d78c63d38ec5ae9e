using Telemetry.Handler.Estimating.Calibrating;
using Telemetry.Handler.Estimating.Overheads;

namespace Telemetry.Handler.Estimating.Sizing;

/// <summary>What a prompt is estimated at by the shipped constants.</summary>
/// <param name="Model">The constants.</param>
/// <param name="Sources">The tokens by source.</param>
/// <param name="Doubts">What was doubtful.</param>
internal readonly record struct PromptSize(ModelOverheads Model, SourceVector Sources, Doubt Doubts);
