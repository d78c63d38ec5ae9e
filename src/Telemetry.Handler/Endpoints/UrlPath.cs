namespace Telemetry.Handler.Endpoints;

/// <summary>A URL's path without an allocation for the common URL.</summary>
internal static class UrlPath
{
    /// <summary>The path, without query, fragment and trailing slashes; still percent-encoded.</summary>
    /// <param name="uri">An absolute http or https URL.</param>
    /// <returns>The path; empty when there is none.</returns>
    public static ReadOnlySpan<char> Of(Uri uri)
    {
        // Uri computes AbsolutePath into a new string. The text it was made from holds the same path unless something in it
        // would be normalised: escapes, backslashes, dot segments.
        var text = uri.OriginalString.AsSpan().Trim();
        var authority = text.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
        {
            return uri.AbsolutePath.AsSpan().TrimEnd('/');
        }

        text = text[(authority + 3)..];
        var end = text.IndexOfAny('?', '#');
        text = end < 0 ? text : text[..end];
        if (text.IndexOfAny('%', '\\') >= 0 || text.Contains("/.", StringComparison.Ordinal))
        {
            return uri.AbsolutePath.AsSpan().TrimEnd('/');
        }

        var start = text.IndexOf('/');
        return start < 0 ? [] : text[start..].TrimEnd('/');
    }

    /// <summary>The segment that follows <paramref name="marker"/>, for example the location after <c>/locations/</c>.</summary>
    /// <param name="path">A path.</param>
    /// <param name="marker">What stands before the segment, slashes included.</param>
    /// <returns>The segment, unescaped; null when there is none.</returns>
    public static string? SegmentAfter(ReadOnlySpan<char> path, string marker)
    {
        var at = path.IndexOf(marker, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var rest = path[(at + marker.Length)..];
        var end = rest.IndexOf('/');
        return Unescape(end < 0 ? rest : rest[..end]);
    }

    /// <summary>Undoes percent-encoding.</summary>
    /// <param name="text">A part of a path.</param>
    /// <returns>The text; null when empty.</returns>
    public static string? Unescape(ReadOnlySpan<char> text) => text.IsEmpty ? null : Uri.UnescapeDataString(text);
}
