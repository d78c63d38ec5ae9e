namespace Telemetry.Handler.Batches.Results;

/// <summary>What became of one request of a batch.</summary>
internal enum ResultKind
{
    /// <summary>The line does not say, or says something that is not known here.</summary>
    Unknown,
    Succeeded,
    Errored,
    Canceled,
    Expired,
}
