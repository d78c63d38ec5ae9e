namespace Telemetry.Handler.Estimating;

/// <summary>How large a request was.</summary>
/// <param name="Bytes">Bytes of its body; null when not known.</param>
/// <param name="BinaryBytes">Those of them that are images.</param>
/// <param name="Images">Images in the body.</param>
/// <param name="KnownTools">Tools whose descriptions the provider adds.</param>
/// <param name="IsOpen">Whether there may be input beyond the body, or a price beyond the usual one.</param>
internal readonly record struct InputSent(long? Bytes, long BinaryBytes, int Images, int KnownTools, bool IsOpen);
