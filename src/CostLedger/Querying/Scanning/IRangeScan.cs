using CostLedger.Records;

namespace CostLedger.Querying.Scanning;

/// <summary>Steps through ranges of rows, one after the other. For one thread.</summary>
/// <typeparam name="TResult">What is found, of all ranges.</typeparam>
internal interface IRangeScan<out TResult> : IDisposable
{
    /// <summary>What was found so far; stays after the scan is disposed.</summary>
    TResult Result { get; }

    /// <summary>Goes through the rows of a part of the selection's range.</summary>
    void Run(CallId low, CallId high);
}
