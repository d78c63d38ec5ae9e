namespace CostReport.Cli.Charts.Calls;

/// <summary>What a piece of a call's time was spent on; each has its colour.</summary>
internal enum PhaseKind
{
    /// <summary>From the request to the answer's headers.</summary>
    Headers,

    /// <summary>From the headers to the first token.</summary>
    FirstToken,

    /// <summary>From the headers to the first event, or to the body of an answer that is not streamed; no token is known to have come.</summary>
    FirstEvent,

    /// <summary>Content arrived: thinking, text, the use of a tool.</summary>
    Content,

    /// <summary>Nothing arrived where something was to be expected.</summary>
    Gap,

    /// <summary>The attempt failed.</summary>
    Failed,

    /// <summary>Nobody waited for the provider, as between two attempts.</summary>
    Pause,
}
