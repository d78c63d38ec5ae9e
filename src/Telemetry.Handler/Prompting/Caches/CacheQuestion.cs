using CostLedger.Records;
using Telemetry.Handler.Caching;

namespace Telemetry.Handler.Prompting.Caches;

/// <summary>What a forecast needs to know of a call beside its body.</summary>
internal sealed record CacheQuestion
{
    /// <summary>The attempt.</summary>
    public required CallId Call { get; init; }

    /// <summary>When it began.</summary>
    public required CacheMoment Started { get; init; }

    /// <summary>Whose cache it uses.</summary>
    public required CacheScope Scope { get; init; }

    /// <summary>The beta features that the headers ask for.</summary>
    public IReadOnlyList<string> Betas { get; init; } = [];

    /// <summary>The application's own name of the conversation; null where it gave none.</summary>
    public string? Conversation { get; init; }
}
