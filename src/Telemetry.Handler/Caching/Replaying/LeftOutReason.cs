namespace Telemetry.Handler.Caching.Replaying;

/// <summary>Why a call keeps what it read and wrote.</summary>
internal enum LeftOutReason
{
    None,

    /// <summary>Its answer says nothing of the cache.</summary>
    NotTold,

    /// <summary>Its usage is a sum over several prompts, since the provider ran tools or compacted the prompt.</summary>
    SeveralPrompts,

    /// <summary>The ledger has neither its prompt nor the name of its conversation.</summary>
    NoPrompt,

    /// <summary>It was cached, and its request shows no breakpoint: something behind the handler sets them.</summary>
    NoBreakpoint,
}
