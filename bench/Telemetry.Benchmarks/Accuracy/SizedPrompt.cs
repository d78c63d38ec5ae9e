using Telemetry.Handler.Estimating.Overheads;
using Testing.Recorded;

namespace Telemetry.Benchmarks.Accuracy;

/// <summary>A recorded prompt, its features and its estimates.</summary>
internal sealed record SizedPrompt(RecordedPrompt Recorded, ModelOverheads Model, FeatureVector Features, long PlainCount, long TextBytes)
{
    public double Actual => Recorded.Input;

    public double Cold => Features.Dot(Model.Weights);

    public bool IsLarge => Recorded.Input >= 500;

    /// <summary>What was estimated after the calls before it had been learned from.</summary>
    public double Calibrated { get; init; }

    /// <summary>The error of an estimate, as a part of what was measured.</summary>
    public double ErrorOf(double estimate) => Math.Abs(estimate - Actual) / Actual;
}
