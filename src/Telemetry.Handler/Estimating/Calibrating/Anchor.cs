namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>A measured call, by a beginning of its prompt.</summary>
/// <param name="Model">The model that measured it.</param>
/// <param name="Call">What it was estimated at, and what it was.</param>
internal sealed record Anchor(string Model, CalibrationSample Call);
