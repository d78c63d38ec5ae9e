namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>A beginning of a prompt.</summary>
/// <param name="Key">Its keyed hash; that of the model, or of its tokenizer, is part of it.</param>
/// <param name="Tokens">Its tokens by the shipped constants; what is added once to a request is among them.</param>
internal readonly record struct PromptBeginning(UInt128 Key, double Tokens);
