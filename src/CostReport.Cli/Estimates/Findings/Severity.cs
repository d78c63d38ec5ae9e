namespace CostReport.Cli.Estimates.Findings;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>The API refuses the request, or most likely does.</summary>
    Error,

    /// <summary>It costs more than it need, or the answer may be cut off.</summary>
    Warning,

    /// <summary>Worth knowing: of the request, or of the estimate.</summary>
    Note,
}
