namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>One measured call: what its prompt was estimated at by the shipped constants, and what it was.</summary>
internal readonly record struct CalibrationSample
{
    /// <summary>Makes a sample.</summary>
    /// <param name="cold">The estimate by the shipped constants.</param>
    /// <param name="actual">The input tokens that the provider told.</param>
    public CalibrationSample(in SourceVector cold, long actual)
    {
        Text = cold[PromptSource.System] + cold[PromptSource.Messages] + cold[PromptSource.Thinking];
        Tools = cold[PromptSource.Tools];
        Data = cold[PromptSource.ToolUses] + cold[PromptSource.ToolResults];
        Media = cold[PromptSource.Images] + cold[PromptSource.Documents];
        Overhead = cold[PromptSource.Overhead];
        Actual = actual;
    }

    public double Text { get; }

    public double Tools { get; }

    public double Data { get; }

    public double Media { get; }

    public double Overhead { get; }

    public double Actual { get; }

    /// <summary>The whole estimate by the shipped constants.</summary>
    public double Cold => Text + Tools + Data + Media + Overhead;

    /// <summary>Whether tools are defined: the provider then adds a prompt of its own.</summary>
    public bool HasTools => Tools > 0;

    /// <summary>The tokens of a class.</summary>
    public double Of(ContentClass content) => content switch
    {
        ContentClass.Text => Text,
        ContentClass.Tools => Tools,
        ContentClass.Data => Data,
        _ => Media,
    };
}
