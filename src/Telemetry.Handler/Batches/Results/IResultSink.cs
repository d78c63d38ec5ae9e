namespace Telemetry.Handler.Batches.Results;

/// <summary>Takes the results of a batch as they are read.</summary>
internal interface IResultSink
{
    /// <summary>A result.</summary>
    /// <param name="line">What it says; valid during the call only.</param>
    /// <param name="size">The bytes of its line, decoded.</param>
    /// <returns>Whether it could be told which request it is of.</returns>
    bool Take(ResultLine line, long size);
}
