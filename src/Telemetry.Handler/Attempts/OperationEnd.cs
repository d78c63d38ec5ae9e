namespace Telemetry.Handler.Attempts;

/// <summary>Whether an attempt ended the operation that it is a part of: what the application asked for, all retries included.</summary>
internal enum OperationEnd
{
    /// <summary>It did: it succeeded, or failed and nobody tries again.</summary>
    Yes,

    /// <summary>It failed in a way that can pass, and nobody says whether it is tried again. It counts as an end.</summary>
    Perhaps,

    /// <summary>It did not: it is tried again, or another attempt has ended the operation before.</summary>
    No,
}
