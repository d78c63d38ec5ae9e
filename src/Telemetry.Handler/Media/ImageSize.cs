namespace Telemetry.Handler.Media;

/// <summary>The size of an image.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal readonly record struct ImageSize(int Width, int Height);
