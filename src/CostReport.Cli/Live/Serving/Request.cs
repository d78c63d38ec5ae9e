namespace CostReport.Cli.Live.Serving;

/// <summary>A request, as far as it decides on the answer.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">The path, and what follows it.</param>
/// <param name="Host">The header that says which host is meant; null where it is missing.</param>
/// <param name="Authorization">The header of that name; null where it is missing.</param>
internal sealed record Request(string Method, string? Target, string? Host, string? Authorization);
