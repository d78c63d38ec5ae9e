namespace Telemetry.Handler.Caching;

/// <summary>How much the cache model may hold. What is older than the bounds allow is forgotten: it is then not compared with.</summary>
internal sealed record CacheOptions
{
    /// <summary>Bytes of earlier calls' segments and of what finds them, by estimate.</summary>
    public int CallBytes { get; init; } = 48 * 1024 * 1024;

    /// <summary>Entries of the provider's cache that are followed.</summary>
    public int Entries { get; init; } = 100_000;

    /// <summary>Bytes of the hashes that tell a change's position within a segment.</summary>
    public int PrintBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Whether the beginnings of texts are kept in memory too, to show what changed: only where content is captured.</summary>
    public bool KeepsTexts { get; init; }
}
