namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>The first place where a prompt is not what the previous one was.</summary>
/// <param name="At">The segment, among all.</param>
/// <param name="Cause">What it is.</param>
internal sealed record PathDifference(int At, Cause Cause);
