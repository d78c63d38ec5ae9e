namespace Telemetry.Handler.Caching.Model;

/// <summary>What is known of an entry.</summary>
internal enum EntryState : byte
{
    /// <summary>A request that writes it is on its way; nobody can read it.</summary>
    Pending,

    /// <summary>It should be there: the answer began, or a tool of the provider's made it.</summary>
    Assumed,

    /// <summary>Usage told that it was written or read.</summary>
    Confirmed,
}
