using CostLedger.Records;

namespace CostLedger.Querying;

/// <summary>What <c>costreport doctor</c> looks at.</summary>
public sealed record LedgerHealth
{
    /// <summary>The ledger's file.</summary>
    public required string Path { get; init; }

    /// <summary>Its schema version.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Its size in bytes, the write-ahead log included.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>What SQLite's integrity check found; empty when sound.</summary>
    public required IReadOnlyList<string> IntegrityFaults { get; init; }

    /// <summary>Attempts stored.</summary>
    public required long Attempts { get; init; }

    /// <summary>The first and last start; null in an empty ledger.</summary>
    public (DateTimeOffset First, DateTimeOffset Last)? Period { get; init; }

    /// <summary>Attempts that were interrupted.</summary>
    public required long Interrupted { get; init; }

    /// <summary>Models without a price and how many attempts each, most first; an empty name where the model is not known.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> UnpricedModels { get; init; }

    /// <summary>Spool files beside the ledger and their sizes in bytes.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Spools { get; init; }

    /// <summary>Notes of calls in flight beside the ledger: one file per process that writes it or died while it did.</summary>
    public IReadOnlyList<string> InFlight { get; init; } = [];

    /// <summary>Ledger files that were found corrupt and moved aside.</summary>
    public required IReadOnlyList<string> MovedAside { get; init; }

    /// <summary>Attempts with faults in their answers (see <c>CallRecord.Faults</c>), by fault.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Faults { get; init; }

    /// <summary>The first attempt with each of <see cref="Faults"/>, by fault; empty where there is none.</summary>
    public IReadOnlyDictionary<string, CallId> FirstWithFault { get; init; } = new Dictionary<string, CallId>(StringComparer.Ordinal);

    /// <summary>Unix permission bits of the file, for example <c>0600</c>; null on Windows.</summary>
    public string? FileMode { get; init; }
}
