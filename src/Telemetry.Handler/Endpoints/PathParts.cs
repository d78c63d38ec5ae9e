namespace Telemetry.Handler.Endpoints;

/// <summary>Pieces of a path.</summary>
internal static class PathParts
{
    /// <summary>The segment after a marker, unescaped.</summary>
    /// <returns>Null where the marker is missing or nothing follows.</returns>
    public static string? After(ReadOnlySpan<char> path, string marker)
    {
        var at = path.IndexOf(marker, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var rest = path[(at + marker.Length)..];
        var end = rest.IndexOf('/');
        var part = end < 0 ? rest : rest[..end];
        return part.IsEmpty ? null : Uri.UnescapeDataString(part);
    }
}
