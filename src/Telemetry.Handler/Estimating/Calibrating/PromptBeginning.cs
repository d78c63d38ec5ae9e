namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>A beginning of a prompt.</summary>
/// <param name="Key">Its keyed hash, the model's included.</param>
/// <param name="Tokens">Its tokens, as far as they are counted.</param>
internal readonly record struct PromptBeginning(UInt128 Key, double Tokens);
