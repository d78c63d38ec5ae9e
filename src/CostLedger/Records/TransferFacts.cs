namespace CostLedger.Records;

/// <summary>What went over the wire.</summary>
public sealed record TransferFacts
{
    /// <summary>Bytes of the request body; null when not known.</summary>
    public long? RequestBytes { get; init; }

    /// <summary>Bytes of the response body that the caller received, as it received them (perhaps compressed).</summary>
    public long ResponseBytes { get; init; }

    /// <summary>
    /// Bytes that were read in the background after the caller had stopped reading, so that the provider's counts are known; null
    /// when none were. They are in none of the other figures.
    /// </summary>
    public long? DrainedBytes { get; init; }

    /// <summary>Reads that returned bytes.</summary>
    public long Chunks { get; init; }

    /// <summary>Events of the stream, or lines of a batch's results; zero for other answers.</summary>
    public long Events { get; init; }

    /// <summary><c>ping</c> events among them.</summary>
    public long Pings { get; init; }

    /// <summary>Content blocks that were started.</summary>
    public long ContentBlocks { get; init; }

    /// <summary>Whether the request went over a connection that was open already; null when not observed.</summary>
    public bool? IsConnectionReused { get; init; }
}
