namespace Telemetry.Handler.Endpoints;

/// <summary>
/// AWS's names for the hosts of a service: <c>{service}.{region}.amazonaws.com</c> or <c>.api.aws</c>, the same with
/// <c>-fips</c>, and behind the name of a VPC endpoint.
/// </summary>
internal static class AwsHost
{
    private const string Fips = "-fips";
    private static readonly string[] Suffixes = [".amazonaws.com", ".api.aws", ".amazonaws.eu", ".amazonaws.com.cn"];

    /// <summary>Finds the region in the name of a host that may be anybody's.</summary>
    /// <param name="host">The host.</param>
    /// <param name="service">The service's label.</param>
    /// <returns>The region; null when the host is none of the service's.</returns>
    public static string? Region(string host, string service)
    {
        var rest = host.AsSpan();
        for (var dot = rest.IndexOf('.'); dot >= 0; dot = rest.IndexOf('.'))
        {
            var label = rest[..dot];
            rest = rest[(dot + 1)..];
            if (IsService(label, service))
            {
                var end = rest.IndexOf('.');
                return end > 0 && IsRegion(rest[..end]) ? rest[..end].ToString() : null;
            }
        }

        return null;
    }

    /// <summary>The same, for a host that must be one of AWS's.</summary>
    /// <param name="host">The host.</param>
    /// <param name="service">The service's label.</param>
    /// <returns>The region; null when the host is none of the service's.</returns>
    public static string? RegionAtAws(string host, string service)
    {
        foreach (var suffix in Suffixes)
        {
            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return Region(host, service);
            }
        }

        return null;
    }

    private static bool IsService(ReadOnlySpan<char> label, string service) =>
        label.StartsWith(service, StringComparison.OrdinalIgnoreCase)
        && (label.Length == service.Length || label[service.Length..].Equals(Fips, StringComparison.OrdinalIgnoreCase));

    // us-east-1, us-gov-west-1
    private static bool IsRegion(ReadOnlySpan<char> label) => label.Contains('-') && char.IsAsciiDigit(label[^1]);
}
