namespace Telemetry.Handler.Endpoints;

/// <summary>The hosts of Vertex AI: the global one, one a region, and one a multi-region.</summary>
internal static class VertexHost
{
    private const string Global = "aiplatform.googleapis.com";
    private const string RegionalSuffix = "-aiplatform.googleapis.com";
    private const string MultiRegionalPrefix = "aiplatform.";
    private const string MultiRegionalSuffix = ".rep.googleapis.com";

    /// <summary>Finds the location in a host's name.</summary>
    /// <param name="host">The host.</param>
    /// <returns>The location, for example <c>global</c>, <c>us-east5</c> or <c>eu</c>; null when the host is none of Vertex AI's.</returns>
    public static string? Location(string host) =>
        host.Equals(Global, StringComparison.OrdinalIgnoreCase) ? "global" : Between(host, "", RegionalSuffix) ?? Between(host, MultiRegionalPrefix, MultiRegionalSuffix);

    private static string? Between(string host, string prefix, string suffix) =>
        host.Length > prefix.Length + suffix.Length
        && host.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
            ? host[prefix.Length..^suffix.Length]
            : null;
}
