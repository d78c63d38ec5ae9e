using Telemetry.Handler.Estimating.Calibrating;
using Telemetry.Handler.Estimating.Overheads;
using Testing.Recorded;

namespace Telemetry.Benchmarks.Accuracy;

/// <summary>A recorded prompt with all that an estimate is made of.</summary>
internal sealed record SizedPrompt(RecordedPrompt Recorded, ModelOverheads Model, FeatureVector Features, SourceVector Cold, long PlainCount, long TextBytes, PromptBeginning[] Beginnings, PromptBeginning[] Kept)
{
    public double Actual => Recorded.Input;

    public bool IsLarge => Recorded.Input >= 500;

    /// <summary>The error of an estimate, as a part of what was measured.</summary>
    public double ErrorOf(double estimate) => Math.Abs(estimate - Actual) / Actual;
}
