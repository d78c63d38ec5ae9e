namespace Telemetry.Handler.Segments;

/// <summary>The parts of a prompt in the order in which a prefix of it is cached.</summary>
internal enum CacheLevel : byte
{
    Tools,
    System,
    Messages,
}
