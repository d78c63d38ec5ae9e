namespace Telemetry.Handler.Content;

/// <summary>The conventions' words for why a model stopped. The raw value stands on the span beside them.</summary>
internal static class FinishReasons
{
    /// <summary>An answer that broke off, whose schema wants a reason.</summary>
    private const string Error = "error";

    public static string Of(string? stopReason) => stopReason switch
    {
        null => Error,
        "end_turn" or "stop_sequence" => "stop",
        "max_tokens" or "model_context_window_exceeded" => "length",
        "tool_use" => "tool_call",
        "refusal" or "guardrail_intervened" or "content_filtered" => "content_filter",
        _ => stopReason,
    };
}
