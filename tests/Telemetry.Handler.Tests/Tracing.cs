using Xunit;

namespace Telemetry.Handler.Tests;

/// <summary>
/// Tests that listen to all that the process tells. Nothing else runs meanwhile: what other tests tell would be heard too, and a
/// span that is current makes .NET send its own traceparent.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Tracing
{
    public const string Name = "tracing";
}
