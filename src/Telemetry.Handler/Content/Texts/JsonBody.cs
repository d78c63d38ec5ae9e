namespace Telemetry.Handler.Content.Texts;

/// <summary>A value taken out of JSON: valid JSON again, or a text where it was none or too long.</summary>
/// <param name="Json">The JSON.</param>
/// <param name="Text">The text.</param>
/// <param name="IsCut">Whether a part of it is missing for its length.</param>
internal readonly record struct JsonBody(byte[]? Json, string? Text, bool IsCut);
