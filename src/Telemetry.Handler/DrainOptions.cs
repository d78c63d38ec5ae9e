namespace Telemetry.Handler;

/// <summary>
/// How far the rest of an answer is read in the background after its caller stopped reading, so that the provider's own counts
/// become known. Meant for Bedrock, which bills an answer in full whatever the caller does.
/// </summary>
public sealed record DrainOptions
{
    /// <summary>The longest time that one answer is read on.</summary>
    /// <value>Two minutes.</value>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The most bytes that are read on of one answer.</summary>
    /// <value>16,777,216.</value>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most answers of one handler that are read on at the same time. What is left beyond is closed, as without this option.</summary>
    /// <value>16.</value>
    public int MaxConcurrent { get; init; } = 16;

    /// <summary>
    /// Whether answers of every provider are read on. All but Bedrock stop writing, and billing, when the caller goes away: with
    /// this, abandoned answers cost their full price there too.
    /// </summary>
    /// <value>False.</value>
    public bool AllProviders { get; init; }
}
