namespace Telemetry.Handler.Estimating.Prompts;

/// <summary>A body that nothing can be estimated of: no JSON, no messages, or a thread whose beginning is with the provider.</summary>
/// <param name="message">What is wrong, one line.</param>
public sealed class PromptUnreadableException(string message) : Exception(message);
