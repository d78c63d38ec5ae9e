namespace CostReport.Cli.Estimates.Findings;

/// <summary>What a reviewer says of a request. It never quotes the request beyond names of tools and of parameters.</summary>
/// <param name="Code">A name for programs, which never changes.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Place">Where in the request, for example <c>system[0] byte 1812</c>; null for the whole.</param>
internal sealed record Finding(string Code, Severity Severity, string Message, string? Place = null);
