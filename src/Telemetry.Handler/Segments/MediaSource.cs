namespace Telemetry.Handler.Segments;

/// <summary>How an image or a document is given.</summary>
internal enum MediaSource : byte
{
    /// <summary>By a URL, a file's id or something unknown: its size cannot be told.</summary>
    Elsewhere,

    /// <summary>In the request, as base64.</summary>
    Base64,

    /// <summary>In the request, as text; the segment's text holds it.</summary>
    Text,
}
