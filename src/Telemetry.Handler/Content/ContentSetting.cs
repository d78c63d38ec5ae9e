namespace Telemetry.Handler.Content;

/// <summary>Decides whether content is captured.</summary>
internal static class ContentSetting
{
    /// <summary>OpenTelemetry's switch for instrumentations of generative AI.</summary>
    public const string Variable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    /// <summary>Whether the environment switches it on. Anything but a plain yes leaves it off.</summary>
    /// <param name="value">The value of <see cref="Variable"/>.</param>
    public static bool IsOn(string? value) => string.Equals(value?.Trim(), "true", StringComparison.OrdinalIgnoreCase);
}
