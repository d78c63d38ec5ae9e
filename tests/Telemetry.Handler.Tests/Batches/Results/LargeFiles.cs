using Xunit;

namespace Telemetry.Handler.Tests.Batches.Results;

/// <summary>Tests that measure the memory of the process, and so run when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LargeFiles
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "large files";
}
