namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>How a model's shipped constants are corrected: a factor for each class of content, and tokens to add. Immutable.</summary>
/// <param name="Text">The factor of text.</param>
/// <param name="Tools">The factor of tool definitions.</param>
/// <param name="Data">The factor of tool calls and results.</param>
/// <param name="Media">The factor of images and documents.</param>
/// <param name="Plain">Tokens to add where no tools are defined.</param>
/// <param name="WithTools">Tokens to add where tools are defined.</param>
/// <param name="Error">The part of an estimate that nine of ten errors stay below; null while too few calls were measured.</param>
/// <param name="Samples">The measured calls that it was learned from, up to the number that is kept.</param>
internal sealed record Correction(
    double Text, double Tools, double Data, double Media, double Plain, double WithTools, double? Error, int Samples)
{
    /// <summary>No correction.</summary>
    public static Correction None { get; } = new(1, 1, 1, 1, 0, 0, null, 0);

    /// <summary>The corrected total of an estimate.</summary>
    public double Total(in CalibrationSample cold) =>
        (cold.Text * Text) + (cold.Tools * Tools) + (cold.Data * Data) + (cold.Media * Media) + cold.Overhead
        + (cold.HasTools ? WithTools : Plain);

    /// <summary>The corrected tokens by source.</summary>
    public SourceVector Apply(in SourceVector cold)
    {
        var corrected = cold;
        corrected[PromptSource.System] *= Text;
        corrected[PromptSource.Messages] *= Text;
        corrected[PromptSource.Thinking] *= Text;
        corrected[PromptSource.Tools] *= Tools;
        corrected[PromptSource.ToolUses] *= Data;
        corrected[PromptSource.ToolResults] *= Data;
        corrected[PromptSource.Images] *= Media;
        corrected[PromptSource.Documents] *= Media;
        corrected[PromptSource.Overhead] += cold[PromptSource.Tools] > 0 ? WithTools : Plain;
        return corrected;
    }
}
