namespace Telemetry.Handler;

/// <summary>Observes calls to Claude's Messages API that pass through an <see cref="HttpClient"/>.</summary>
public sealed class MessagesTelemetryHandler : DelegatingHandler
{
}
